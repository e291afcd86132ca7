package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.measure.SyntheticInputs;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.runtime.weights.Synthetic;
import inputs.Siamese;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both pictures go through one network: equal ones have no distance, in either order. */
class SiameseTest {

  @Test
  void bothPicturesAreTreatedAlike() throws IOException {
    var graph =
        Frontend.of(Sources.ROOT.resolve("inputs/siamese.cnn")).written().orElseThrow().graph();
    List<float[]> pictures = SyntheticInputs.of(graph);
    float[] one = pictures.get(0);
    float[] other = pictures.get(1);
    double expected = Reference.run(graph, new Synthetic(), pictures).values().iterator().next()[0];
    try (Siamese network = Siamese.load()) {
      float distance = network.run(one, other)[0];
      assertThat((double) distance).isPositive().isCloseTo(expected, within(1e-4 * expected));
      assertThat(network.run(other, one)).containsExactly(distance);
      assertThat(network.run(one, one)).containsExactly(0);
      assertThat(network.run(Map.of("right", other, "left", one)).get("distance"))
          .containsExactly(distance);
      float[] near = one.clone();
      near[500] += 0.01f;
      assertThat(network.run(one, near)[0]).isPositive().isLessThan(distance / 10);
    }
  }
}
