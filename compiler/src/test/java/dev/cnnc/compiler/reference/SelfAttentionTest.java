package dev.cnnc.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Op;
import org.junit.jupiter.api.Test;

class SelfAttentionTest extends OpTest {

  /** Two tokens of one head with one channel: queries 0, 1; keys 2, 2 + log 3; values 10, 20. */
  @Test
  void everyTokenLooksAtAll() {
    double key = 2 + Math.log(3);
    assertThat(run(new Op.Attention(1), 3, 1, 2, 0, 1, 2, key, 10, 20))
        .containsExactly(new double[] {15, 10 / 4.0 + 20 * 3 / 4.0}, ROUNDED);
  }

  /** Products 0 and 4 log 3 over the root of four channels. */
  @Test
  void scoresAreScaledByTheSizeOfAHead() {
    double[] picture = new double[24];
    for (int channel = 0; channel < 4; channel++) {
      picture[channel * 2] = 0.5;
      picture[channel * 2 + 1] = 0.5;
      picture[8 + channel * 2 + 1] = Math.log(3);
      picture[16 + channel * 2] = channel;
      picture[16 + channel * 2 + 1] = channel + 4;
    }
    assertThat(run(new Op.Attention(1), 12, 1, 2, picture))
        .containsExactly(new double[] {3, 3, 4, 4, 5, 5, 6, 6}, ROUNDED);
  }

  /** A head whose queries are zero sees the average, whatever the other one sees. */
  @Test
  void headsDoNotSeeEachOther() {
    double key = Math.log(3);
    assertThat(run(new Op.Attention(2), 6, 1, 2, 0, 0, 1, 1, 7, -7, 0, key, 10, 20, 30, 70))
        .containsExactly(new double[] {15, 15, 60, 60}, ROUNDED);
  }

  @Test
  void pixelsOfAPictureAreTokens() {
    double[] numbers = {1, -1, 0.5, 2, 0.3, 1.5, -2, 1, 4, 3, 2, 1};
    assertThat(run(new Op.Attention(1), 3, 2, 2, numbers))
        .containsExactly(run(new Op.Attention(1), 3, 1, 4, numbers));
  }
}
