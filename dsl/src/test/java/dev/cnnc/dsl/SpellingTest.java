package dev.cnnc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which words are near enough to be proposed. */
class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "network, network, 0, true",
    "netwrok, network, 1, true",
    "convv, conv, 1, true",
    "relu, rleu, 1, true",
    "maxpol, maxpool, 1, true",
    "avgpool, maxpool, 3, false",
    "fc, bn, 2, false",
    "gap, max, 2, false",
  })
  void counts_letters_and_leaves_short_words_alone(
      String written, String known, int distance, boolean near) {
    assertThat(Spelling.distance(written, known)).isEqualTo(distance);
    assertThat(Spelling.distance(known, written)).isEqualTo(distance);
    assertThat(Spelling.isNear(written, known)).isEqualTo(near);
  }
}
