package dev.cnnc.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.runtime.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Numbers that networks seldom give, against plain computations written anew. */
class OddAnswersTest {
  private static final float NAN = Float.NaN;

  /** Of boxes of 2 by 2 pixels side by side, with these scores of one class. */
  private static List<Detection> yolov8(double score, float... scores) {
    Signature signature = Shapes.signature(8, 8 * scores.length, new int[] {1, 5, scores.length});
    float[] columns = new float[5 * scores.length];
    Arrays.fill(columns, 2);
    for (int index = 0; index < scores.length; index++) {
      columns[index] = 8 * index + 4;
      columns[4 * scores.length + index] = scores[index];
    }
    return new Detector(new Yolo(Yolo.Version.V8, List.of(8)), score, 0.5, false, 9)
        .of(signature, List.of(), new float[][] {columns}, Shapes.whole(8 * scores.length, 8));
  }

  /** A float of 0.3 is larger than the double 0.3, one of 0.7 is smaller; neither is here. */
  @Test
  void aScoreAtTheThresholdIsNotAboveIt() {
    assertThat(yolov8(0.3, 0.3f, Math.nextUp(0.3f))).hasSize(1);
    assertThat(yolov8(0.7, 0.7f, Math.nextUp(0.7f))).hasSize(1);
    assertThat(yolov8(0.1, 0.1f)).isEmpty();
    Signature map = Shapes.signature(2, 2, new int[] {1, 2, 2});
    float[][] probabilities = {{0.7f, 0.7f, 0.7f, Math.nextDown(0.7f)}};
    assertThat(
            new Segmenter(Segmenter.Rule.PROBABILITY, 0.7)
                .of(map, List.of(), probabilities, Shapes.whole(2, 2))
                .classes())
        .containsExactly((short) 1, (short) 1, (short) 1, (short) 0);
  }

  @Test
  void linesNeedPixelsAboveTheThreshold() {
    Signature signature = Shapes.signature(16, 16, new int[] {1, 16, 16});
    float[] map = new float[256];
    for (int pixel = 0; pixel < 64; pixel++) {
      map[16 * (4 + pixel / 8) + 4 + pixel % 8] = 0.3f;
    }
    LineDetector detector = new LineDetector(0.3, 0.1, 1.5, 9);
    assertThat(detector.of(signature, List.of(), new float[][] {map}, Shapes.whole(16, 16)))
        .isEmpty();
  }

  @Test
  void whatIsNoNumberIsNoBox() {
    assertThat(yolov8(0.25, NAN, 0.5f, NAN)).hasSize(1);
    Signature signature = Shapes.signature(8, 16, new int[] {1, 5, 2});
    float[] columns = {NAN, 4, 4, 4, 2, 2, 2, 2, 0.9f, 0.5f};
    List<Detection> found =
        new Detector(new Yolo(Yolo.Version.V8, List.of(8)), 0.25, 0.5, false, 9)
            .of(signature, List.of(), new float[][] {columns}, Shapes.whole(16, 8));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().score()).isEqualTo(0.5f);
  }

  /** Scores are sixteenths, so that many are equal; boxes lie on whole pixels. */
  @Test
  void suppressionIsThatOfTheTextbook() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 300; round++) {
      List<Candidate> all = new ArrayList<>();
      for (int count = random.nextInt(60); count > 0; count--) {
        float left = random.nextInt(-4, 20);
        float top = random.nextInt(-4, 20);
        Box box = new Box(left, top, left + random.nextInt(0, 12), top + random.nextInt(0, 12));
        all.add(new Candidate(box, random.nextInt(1, 17) / 16f, random.nextInt(3), List.of()));
      }
      double limit = random.nextInt(0, 5) / 4.0;
      for (boolean agnostic : new boolean[] {false, true}) {
        List<Candidate> right = textbook(all, limit, agnostic);
        assertThat(new Suppression(limit, agnostic, 1000).kept(all))
            .as("round %s", round)
            .containsExactlyElementsOf(right);
        int few = Math.min(3, right.size());
        assertThat(new Suppression(limit, agnostic, 3).kept(all)).isEqualTo(right.subList(0, few));
      }
    }
  }

  /** Takes the best of what is left, and drops all that it covers, until nothing is left. */
  private static List<Candidate> textbook(List<Candidate> all, double limit, boolean agnostic) {
    List<Candidate> left = new ArrayList<>(all);
    List<Candidate> kept = new ArrayList<>();
    while (!left.isEmpty()) {
      int best = 0;
      for (int at = 1; at < left.size(); at++) {
        best = left.get(at).score() > left.get(best).score() ? at : best;
      }
      Candidate chosen = left.remove(best);
      kept.add(chosen);
      left.removeIf(
          each ->
              (agnostic || each.index() == chosen.index())
                  && covered(chosen.box(), each.box()) > limit);
    }
    return kept;
  }

  /** Counts the pixels of both, and those of either. */
  private static double covered(Box one, Box other) {
    int both = 0;
    int either = 0;
    for (int y = -4; y < 32; y++) {
      for (int x = -4; x < 32; x++) {
        boolean first = holds(one, x, y);
        boolean second = holds(other, x, y);
        both += first && second ? 1 : 0;
        either += first || second ? 1 : 0;
      }
    }
    return either == 0 ? 0 : (double) both / either;
  }

  private static boolean holds(Box box, int x, int y) {
    return x >= box.left() && x < box.right() && y >= box.top() && y < box.bottom();
  }
}
