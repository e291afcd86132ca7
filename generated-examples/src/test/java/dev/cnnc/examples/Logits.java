package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Outputs of a network under the synthetic input, and when two of them agree. */
final class Logits {

  private Logits() {}

  /** All outputs, in the signature's order. */
  static double[][] of(CompiledNetwork network) {
    View input = network.signature().input();
    float[] picture =
        new Synthetic().tensor("input", List.of(input.channels(), input.height(), input.width()));
    float[][] outputs =
        network.signature().outputs().stream()
            .map(output -> new float[output.view().size()])
            .toArray(float[][]::new);
    network.run(picture, outputs);
    double[][] wide = new double[outputs.length][];
    for (int i = 0; i < wide.length; i++) {
      float[] output = outputs[i];
      wide[i] = IntStream.range(0, output.length).mapToDouble(j -> output[j]).toArray();
    }
    return wide;
  }

  /** Every element is right within {@code tolerance} of the largest. */
  static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    double largest =
        IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i]))
          .as("%s, element %d: expected %s, got %s", what, i, expected[i], actual[i])
          .isLessThanOrEqualTo(tolerance * largest);
    }
  }

  static List<Integer> fiveLargest(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -values[i]))
        .limit(5)
        .toList();
  }
}
