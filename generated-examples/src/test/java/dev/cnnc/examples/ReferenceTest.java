package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import networks.Resnet18;
import networks.Vgg11;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Generated classes under synthetic weights give PyTorch's logits. */
class ReferenceTest {

  /** Of the largest logit: what {@code ../shared/reference/README.md} calls agreement. */
  private static final double TOLERANCE = 1e-3;

  @TestFactory
  Stream<DynamicTest> logitsAreThoseOfPyTorch() {
    return Stream.of(
        network("lenet5", networks.Lenet5::load),
        network("cifar_resnet20", networks.Cifar_Resnet20::load),
        network("resnet18", Resnet18::load),
        network("vgg11", Vgg11::load));
  }

  private static DynamicTest network(String name, Supplier<CompiledNetwork> load) {
    return DynamicTest.dynamicTest(name, () -> check(name, load));
  }

  private static void check(String name, Supplier<CompiledNetwork> load) throws IOException {
    Path file = Shared.file("reference/" + name + ".json");
    JsonNode reference = new JsonMapper().readTree(Files.readString(file));
    JsonNode logits = reference.get("logits");
    double[] expected =
        IntStream.range(0, logits.size()).mapToDouble(i -> logits.get(i).doubleValue()).toArray();
    try (CompiledNetwork network = load.get()) {
      View input = network.signature().input();
      float[] picture =
          new Synthetic().tensor("input", List.of(input.channels(), input.height(), input.width()));
      float[] actual = network.run(picture);
      double[] widened = IntStream.range(0, actual.length).mapToDouble(i -> actual[i]).toArray();
      double largest =
          IntStream.range(0, expected.length)
              .mapToDouble(i -> Math.abs(expected[i]))
              .max()
              .orElseThrow();
      for (int i = 0; i < expected.length; i++) {
        assertThat(Math.abs(widened[i] - expected[i]))
            .as("logit %d: expected %s, got %s", i, expected[i], widened[i])
            .isLessThanOrEqualTo(TOLERANCE * largest);
      }
      assertThat(fiveLargest(widened)).isEqualTo(fiveLargest(expected));
    }
  }

  private static List<Integer> fiveLargest(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -values[i]))
        .limit(5)
        .toList();
  }
}
