package dev.cnnc.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Signature;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherAnswersTest {

  /** Two scores in a row, for four pixels: between the centres at 1 and 3 they go over. */
  @Test
  void aMaskHasTheSizeOfThePicture() {
    Signature signature = Shapes.signature(1, 4, new int[] {2, 1, 2});
    Segmenter segmenter = new Segmenter(Segmenter.Rule.ARGMAX, 0.5);
    // The second channel leads from 3/4 of the way on: at the pixel centres 0.5, 1.5, 2.5, 3.5 the
    // differences are -3, -2, 0, 1; the first of equal ones wins.
    float[] scores = {3, 0, 0, 1};
    Mask mask =
        segmenter.of(signature, List.of("no", "yes"), new float[][] {scores}, Shapes.whole(4, 1));
    assertThat(mask.classes()).containsExactly((short) 0, (short) 0, (short) 0, (short) 1);
    assertThat(mask.label(1)).isEqualTo("yes");
    assertThat(mask.label(2)).isEqualTo("2");
    assertThat(mask.count(0)).isEqualTo(3);
  }

  /** A letterbox: of four columns the picture is the middle two, at half its size. */
  @Test
  void aMaskLeavesTheLetterboxOut() {
    Signature signature = Shapes.signature(1, 4, new int[] {1, 1, 4});
    float[] logits = {9, -9, 9, -9};
    Mask mask =
        new Segmenter(Segmenter.Rule.SIGMOID, 0.75)
            .of(signature, List.of(), new float[][] {logits}, new Placement(0.5, 0.5, 1, 0, 4, 2));
    assertThat(mask.width()).isEqualTo(4);
    assertThat(mask.height()).isEqualTo(2);
    // Centres 1.25, 1.75, 2.25, 2.75: a quarter of the way from the pixel at 1.5 or 2.5.
    assertThat(mask.classes())
        .containsExactly(
            (short) 0, (short) 0, (short) 1, (short) 1, (short) 0, (short) 0, (short) 1, (short) 1);
    assertThat(mask.at(2, 1)).isEqualTo(1);
  }

  @Test
  void aThresholdMayMeetProbabilities() {
    Signature signature = Shapes.signature(1, 2, new int[] {2, 1, 2});
    float[] scores = {0.25f, 0.5f, 0.375f, 0.625f};
    Segmenter segmenter = new Segmenter(Segmenter.Rule.PROBABILITY, 0.375);
    assertThat(
            segmenter
                .of(signature, List.of(), new float[][] {scores}, Shapes.whole(2, 1))
                .classes())
        .containsExactly((short) 2, (short) 2);
    assertThat(segmenter.names(signature)).contains(3);
    assertThat(
            new Segmenter(Segmenter.Rule.ARGMAX, 0.5)
                .refusal(Shapes.signature(1, 2, new int[] {1, 1, 2})))
        .contains("output o0 has one channel: write sigmoid");
  }

  @Test
  void aMaskIsLaidOverThePicture() {
    Mask mask = new Mask(2, 1, new short[] {0, 1}, List.of());
    Picture over = mask.over(new Picture(new byte[] {10, 20, 30, 10, 20, 30}, 2, 1));
    int colour = Mask.colour(1);
    assertThat(over.rgb())
        .containsExactly(
            10,
            20,
            30,
            (byte) ((10 + (colour >> 16)) / 2),
            (byte) ((20 + ((colour >> 8) & 0xFF)) / 2),
            (byte) ((30 + (colour & 0xFF)) / 2));
    assertThatThrownBy(() -> mask.over(new Picture(new byte[3], 1, 1)))
        .hasMessage("the mask has 2 by 1 pixels, the picture 1 by 1");
  }

  @Test
  void coloursAreFullAndDiffer() {
    assertThat(Mask.colour(0)).isEqualTo(0xFF0000);
    assertThat(List.of(Mask.colour(1), Mask.colour(2), Mask.colour(3))).doesNotHaveDuplicates();
  }

  @Test
  void aVectorGetsTheLengthOne() {
    Signature signature = Shapes.signature(1, 1, new int[] {2, 1, 1});
    float[][] outputs = {{3, 4}};
    Embedding normal = new Embedder(true).of(signature, List.of(), outputs, Shapes.whole(1, 1));
    assertThat(normal.values()).containsExactly(0.6f, 0.8f);
    assertThat(outputs[0]).containsExactly(3, 4);
    Embedding plain = new Embedder(false).of(signature, List.of(), outputs, Shapes.whole(1, 1));
    assertThat(plain.values()).containsExactly(3, 4);
    assertThat(normal.similarity(plain)).isCloseTo(1, within(1e-7));
    assertThat(plain.similarity(new Embedding(new float[] {-4, 3}))).isZero();
    assertThat(plain.similarity(new Embedding(new float[2]))).isZero();
    assertThatThrownBy(() -> plain.similarity(new Embedding(new float[3])))
        .hasMessage("vectors of 2 and 3 numbers");
  }

  /** Blank, a, a, blank, a, b, space: a repetition counts once, unless a blank parts it. */
  @Test
  void aLineIsReadWithoutBlanksAndRepetitions() {
    Signature signature = Shapes.signature(1, 8, new int[] {7, 1, 4});
    int[] best = {0, 1, 1, 0, 1, 2, 3};
    float[] rows = new float[28];
    for (int step = 0; step < best.length; step++) {
      rows[4 * step + best[step]] = step == 4 ? 0.5f : 1;
    }
    Reader reader = new Reader(true);
    assertThat(reader.names(signature)).contains(2);
    assertThat(reader.of(signature, List.of("a", "b"), new float[][] {rows}, Shapes.whole(8, 1)))
        .isEqualTo(new Line("aab ", 0.875));
    assertThat(new Reader(false).names(signature)).contains(3);
    assertThat(reader.of(signature, List.of(), new float[][] {new float[28]}, Shapes.whole(8, 1)))
        .isEqualTo(new Line("", 0));
    assertThat(reader.refusal(Shapes.signature(1, 8, new int[] {2, 1, 1}))).isPresent();
  }
}
