package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.load.JavaInMemory;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.PictureReader;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pictures that the repository shows to a stranger: their names tell what they show. */
class DigitsTest {

  @Test
  void allButOneAreRead() throws IOException {
    try (CompiledNetwork network = lenet5()) {
      List<String> wrong = new ArrayList<>();
      for (Path picture : pictures()) {
        String name = picture.getFileName().toString();
        String label = network.classify(PictureReader.read(picture)).getFirst().label();
        if (!name.startsWith(label + "-")) {
          wrong.add(name + " as " + label);
        }
      }
      // PyTorch, too, takes this one for an 8: it is one of the 97.
      assertThat(wrong).containsExactly("3-0018.png as 8");
    }
  }

  private static List<Path> pictures() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(Cnnc.EXAMPLES, "digits"))) {
      List<Path> pictures =
          files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
      assertThat(pictures).hasSize(40);
      return pictures;
    }
  }

  private static CompiledNetwork lenet5() throws IOException {
    Compilation.Result result =
        Compiler.compile(Path.of(Cnnc.LENET5), "", Optional.empty()).result().orElseThrow();
    return InMemory.load(
        result.backend().java().className(),
        JavaInMemory.compile(result.backend().java().sources()),
        PackedWeights.of(result.backend().weights(), result.source()),
        Threads.caller());
  }
}
