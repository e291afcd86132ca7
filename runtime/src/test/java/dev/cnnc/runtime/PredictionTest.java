package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {

  @Test
  void turnsLogitsIntoProbabilities() {
    List<Prediction> found =
        Prediction.of(new float[] {1, 3, 1000, 1000}, List.of("a", "b", "c", "d"));
    assertThat(found).extracting(Prediction::label).containsExactly("c", "d", "b", "a");
    assertThat(found.getFirst().probability()).isEqualTo(0.5);
    found = Prediction.of(new float[] {0, (float) Math.log(3)}, List.of());
    assertThat(found).extracting(Prediction::label).containsExactly("1", "0");
    assertThat(found.getFirst().probability()).isCloseTo(0.75, within(1e-7));
  }

  @Test
  void leavesProbabilitiesAlone() {
    assertThat(Prediction.of(new float[] {0.25f, 0.75f}, List.of("a")))
        .containsExactly(new Prediction(1, "1", 0.75), new Prediction(0, "a", 0.25));
  }

  @Test
  void takesNegativeValuesThatSumToOneForLogits() {
    List<Prediction> found = Prediction.of(new float[] {-1, 2}, List.of());
    assertThat(found.getFirst().probability()).isCloseTo(1 / (1 + Math.exp(-3)), within(1e-12));
  }
}
