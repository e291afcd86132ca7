package dev.cnnc.compiler.onnx.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.text.NetworkText;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import dev.cnnc.dsl.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small models with names, numbers and shapes that nobody would choose: the import gives a problem,
 * or a file that the compiler accepts. {@code -Dimport.fuzz=10000} tries more.
 */
class ImportFuzzTest {

  private static final int ROUNDS = Integer.getInteger("import.fuzz", 300);

  @TempDir private Path folder;

  @Test
  void givesAProblemOrAFileThatCompiles() throws IOException {
    SplittableRandom seeds = new SplittableRandom(22);
    int imported = 0;
    // All of them: of ten thousand models one would be little to know.
    List<String> faults = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long seed = seeds.nextLong();
      Onnx.Model model = new OddModel(new SplittableRandom(seed)).model();
      String text = "no text of " + model;
      try {
        OnnxImport.Result result = OnnxImport.of(model, "net", Map.of(), Map.of());
        if (result.network().isEmpty()) {
          assertThat(result.problems()).isNotEmpty();
          continue;
        }
        imported++;
        text = text(result);
        compile(result, text);
      } catch (RuntimeException | AssertionError fault) {
        faults.add("model %s: %s\n%s".formatted(seed, trace(fault), text));
      }
    }
    assertThat(faults).isEmpty();
    // Otherwise the models would show nothing.
    assertThat(imported).isGreaterThan(ROUNDS / 4);
  }

  private static String trace(Throwable fault) {
    return fault + "\n" + Arrays.stream(fault.getStackTrace()).limit(8).toList();
  }

  private static String text(OnnxImport.Result result) {
    Optional<String> weights =
        result.tensors().isEmpty() ? Optional.empty() : Optional.of("net.safetensors");
    String clause = weights.isPresent() ? "" : "\nweights synthetic\n";
    return NetworkText.of(result.network().orElseThrow(), weights) + clause;
  }

  private void compile(OnnxImport.Result result, String text) throws IOException {
    SafetensorsWriter.write(folder.resolve("net.safetensors"), result.tensors());
    Path file = Files.writeString(folder.resolve("net.cnn"), text);
    assertThat(Compiler.compile(file, "", Optional.empty()).diagnostics())
        .noneMatch(each -> each.severity() == Diagnostic.Severity.ERROR);
  }
}
