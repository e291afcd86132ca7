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
    for (int round = 0; round < ROUNDS; round++) {
      long seed = seeds.nextLong();
      OnnxImport.Result result = imported(seed);
      if (result.network().isEmpty()) {
        assertThat(result.problems()).as("model %s", seed).isNotEmpty();
        continue;
      }
      imported++;
      compile(result, seed);
    }
    // Otherwise the models would show nothing.
    assertThat(imported).isGreaterThan(ROUNDS / 4);
  }

  private static OnnxImport.Result imported(long seed) {
    Onnx.Model model = new OddModel(new SplittableRandom(seed)).model();
    try {
      return OnnxImport.of(model, "net", Map.of(), Map.of());
    } catch (RuntimeException crash) {
      throw new AssertionError("model " + seed + " of " + model, crash);
    }
  }

  private void compile(OnnxImport.Result result, long seed) throws IOException {
    String text = "no text";
    try {
      Optional<String> weights =
          result.tensors().isEmpty() ? Optional.empty() : Optional.of("net.safetensors");
      text = NetworkText.of(result.network().orElseThrow(), weights);
      SafetensorsWriter.write(folder.resolve("net.safetensors"), result.tensors());
      Path file = Files.writeString(folder.resolve("net.cnn"), text);
      String clause = weights.isPresent() ? "" : "\nweights synthetic\n";
      Files.writeString(file, text + clause);
      assertThat(Compiler.compile(file, "", Optional.empty()).diagnostics())
          .as("model %s\n%s", seed, text)
          .noneMatch(each -> each.severity() == Diagnostic.Severity.ERROR);
    } catch (RuntimeException crash) {
      throw new AssertionError("model " + seed + "\n" + text, crash);
    }
  }
}
