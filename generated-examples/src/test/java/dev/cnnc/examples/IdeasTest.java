package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.load.JavaInMemory;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.verify.Tolerance;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each idea, compiled, against plain loops in double: as written, and at odd sizes. */
class IdeasTest {

  /** In place of the file's own; channels and sides, never a multiple of a vector. */
  private static final List<String> ODD = List.of("[3, 9, 7]", "[17, 5, 13]");

  /** For those that take a vector. */
  private static final List<String> ODD_VECTORS = List.of("[3, 1, 1]", "[17, 1, 1]");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> compiledIdeasAgreeWithTheReference() {
    return Sources.names(Sources.IDEAS).stream()
        .map(idea -> DynamicTest.dynamicTest(idea, () -> check(idea)));
  }

  private void check(String idea) throws IOException {
    check(Sources.idea(idea), idea);
    String text = Files.readString(Sources.idea(idea));
    for (String size : text.contains(", 1, 1]") ? ODD_VECTORS : ODD) {
      String odd = text.replaceFirst("(?m)^(input \\w+) \\[.*]$", "$1 " + size);
      assertThat(odd).isNotEqualTo(text);
      check(Files.writeString(folder.resolve(idea + ".cnn"), odd), idea + " of " + size);
    }
  }

  private static void check(Path file, String what) throws IOException {
    Compilation compilation = Compiler.compileHere(file, Optional.empty());
    assertThat(compilation.diagnostics()).as(what).isEmpty();
    Compilation.Result result = compilation.result().orElseThrow();
    float[] picture =
        new Synthetic().tensor("input", List.of(result.written().graph().node(0).shape().size()));
    Map<String, double[]> expected =
        Reference.run(result.written().graph(), result.source(), picture);
    Backend here = result.backend();
    PackedWeights weights = PackedWeights.of(here.weights(), result.source());
    try (CompiledNetwork network =
        InMemory.load(
            here.java().className(),
            JavaInMemory.compile(here.java().sources()),
            weights,
            Threads.caller())) {
      Logits.assertClose(
          what,
          Logits.of(network)[0],
          expected.values().iterator().next(),
          tolerance(result.backend().plan().network()));
    }
  }

  /** Each layer adds its own to what it is given. */
  private static double tolerance(Network network) {
    return network.graph().nodes().stream()
        .mapToDouble(node -> Tolerance.of(network, node).relative())
        .sum();
  }
}
