package dev.cnnc.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.runtime.Signature;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected places are computed by hand, from the formulas that each head names. */
class HeadsTest {
  private static final float LN2 = (float) Math.log(2);

  /** 32 by 16 pixels: 4 x 2 cells of 8 pixels, then 2 x 1 of 16. Two classes. */
  @Test
  void yoloxIsRelativeToTheCell() {
    Signature signature = Shapes.signature(16, 32, new int[] {10, 1, 7});
    float[] rows = new float[70];
    // Cell 6 of the first grid: column 2, row 1.
    put(rows, 6 * 7, 0.5f, 0.25f, LN2, 0, 0.5f, 0.25f, 0.75f);
    // Cell 1 of the second grid: column 1, row 0.
    put(rows, 9 * 7, 0, 0.5f, 0, -LN2, 1, 0.75f, 0.5f);
    Yolox head = new Yolox(List.of(8, 16));
    assertThat(head.refusal(signature)).isEmpty();
    assertThat(head.classes(signature)).isEqualTo(2);
    List<Candidate> found = head.candidates(signature, new float[][] {rows}, 0.3);
    assertThat(found).hasSize(2);
    // Centre (2.5 * 8, 1.25 * 8), 16 by 8.
    near(found.getFirst(), 12, 6, 28, 14, 0.375f, 1);
    // Centre (16, 8), 16 by 8.
    near(found.getLast(), 8, 4, 24, 12, 0.75f, 0);
    assertThat(head.candidates(signature, new float[][] {rows}, 0.375)).hasSize(1);
    assertThat(new Yolox(List.of(8)).refusal(signature))
        .contains("output o0 is [10, 1, 7], not [8, 6 or more]");
  }

  @Test
  void yolov8HasAColumnForEachBox() {
    Signature signature = Shapes.signature(8, 16, new int[] {1, 7, 2});
    Yolo head = new Yolo(Yolo.Version.V8, List.of(8));
    assertThat(head.refusal(signature)).isEmpty();
    assertThat(head.classes(signature)).isEqualTo(3);
    float[] columns = {5, 9, 4, 3, 6, 2, 2, 4, 0.1f, 0.5f, 0.2f, 0.4f, 0.05f, 0.6f};
    List<Candidate> found = head.candidates(signature, new float[][] {columns}, 0.19);
    near(found.getFirst(), 2, 3, 8, 5, 0.2f, 1);
    near(found.getLast(), 8, 1, 10, 5, 0.6f, 2);
    assertThat(head.refusal(Shapes.signature(8, 16, new int[] {2, 1, 7})))
        .contains("output o0 is [2, 1, 7], not [4 + classes, 2]");
    assertThat(head.refusal(Shapes.signature(8, 16, new int[] {4, 1, 2}))).isPresent();
  }

  @Test
  void yolov5HasARowForEachOfThreeBoxes() {
    Signature signature = Shapes.signature(8, 8, new int[] {3, 1, 6});
    Yolo head = new Yolo(Yolo.Version.V5, List.of(8));
    assertThat(head.refusal(signature)).isEmpty();
    assertThat(head.classes(signature)).isEqualTo(1);
    float[] rows = new float[18];
    put(rows, 12, 4, 3, 2, 6, 0.5f, 0.5f);
    List<Candidate> found = head.candidates(signature, new float[][] {rows}, 0.2);
    assertThat(found).hasSize(1);
    near(found.getFirst(), 3, 0, 5, 6, 0.25f, 0);
    assertThat(new Yolo(Yolo.Version.V8, List.of(8)).refusal(signature)).isPresent();
  }

  /** 12 by 8 pixels: 2 x 1 cells of 8, the second of which is cut; two priors in each. */
  @Test
  void ssdIsRelativeToPriors() {
    Signature signature =
        Shapes.signature(8, 12, new int[] {4, 1, 4}, new int[] {4, 1, 2}, new int[] {4, 1, 4});
    Ssd head =
        new Ssd(
            0,
            1,
            2,
            List.of(8),
            List.of(List.of(new Ssd.Prior(4, 4), new Ssd.Prior(4, 8))),
            0.1,
            0.2,
            false);
    assertThat(head.refusal(signature)).isEmpty();
    assertThat(head.classes(signature)).isEqualTo(1);
    float[] boxes = new float[16];
    // The second prior of the second cell: centre (12, 4), 8 wide, 4 high.
    put(boxes, 12, -5, 2.5f, 5 * LN2, 0);
    float[] scores = {1, 0, 1, 0, 1, 0, 0.125f, 0.875f};
    float[] landmarks = new float[16];
    put(landmarks, 12, 10, 0, -2.5f, 5);
    List<Candidate> found =
        head.candidates(signature, new float[][] {boxes, scores, landmarks}, 0.5);
    assertThat(found).hasSize(1);
    // Centre (12 - 5*0.1*8, 4 + 2.5*0.1*4), 8 * 2 wide, 4 high.
    near(found.getFirst(), 0, 3, 16, 7, 0.875f, 0);
    assertThat(found.getFirst().landmarks()).containsExactly(new Point(20, 4), new Point(10, 6));
  }

  @Test
  void ssdMayHaveLogits() {
    Signature signature = Shapes.signature(8, 8, new int[] {1, 1, 4}, new int[] {1, 1, 3});
    Ssd head = new Ssd(0, 1, -1, List.of(8), List.of(List.of(new Ssd.Prior(8, 8))), 0.1, 0.2, true);
    float[] scores = {1000 + (float) Math.log(2), 1000, 1000 + (float) Math.log(5)};
    List<Candidate> found = head.candidates(signature, new float[][] {new float[4], scores}, 0.1);
    assertThat(found).extracting(Candidate::index).containsExactly(0, 1);
    assertThat(found.getFirst().score()).isCloseTo(1 / 8f, within(1e-4f));
    assertThat(found.getLast().score()).isCloseTo(5 / 8f, within(1e-4f));
    assertThat(found.getFirst().box()).isEqualTo(new Box(0, 0, 8, 8));
  }

  /** 16 by 16 pixels: 2 x 2 cells of 8 with two boxes each, and one cell of 16. */
  @Test
  void scrfdHasDistancesFromTheCornerOfTheCell() {
    Signature signature =
        Shapes.signature(
            16,
            16,
            new int[] {8, 1, 1},
            new int[] {2, 1, 1},
            new int[] {8, 1, 4},
            new int[] {2, 1, 4},
            new int[] {8, 1, 10},
            new int[] {2, 1, 10});
    Scrfd head = new Scrfd(List.of(8, 16), 2);
    assertThat(head.refusal(signature)).isEmpty();
    float[][] outputs = outputs(signature);
    outputs[0][7] = 0.75f; // cell 3: column 1, row 1
    put(outputs[2], 28, 0.5f, 1, 0.25f, 0.75f);
    put(outputs[4], 70, 0.5f, -0.5f);
    List<Candidate> found = head.candidates(signature, outputs, 0.5);
    assertThat(found).hasSize(1);
    near(found.getFirst(), 4, 0, 10, 14, 0.75f, 0);
    assertThat(found.getFirst().landmarks()).hasSize(5).startsWith(new Point(12, 4));
    assertThat(head.refusal(Shapes.signature(16, 16, new int[] {8, 1, 1})))
        .contains("2 strides need 4 outputs, or 6 with landmarks, but there are 1");
  }

  @Test
  void yunetMultipliesTwoScores() {
    Signature signature =
        Shapes.signature(
            8,
            16,
            new int[] {2, 1, 1},
            new int[] {2, 1, 1},
            new int[] {2, 1, 4},
            new int[] {2, 1, 10});
    Yunet head = new Yunet(List.of(8));
    assertThat(head.refusal(signature)).isEmpty();
    float[][] outputs = outputs(signature);
    outputs[0][1] = 0.25f;
    outputs[1][1] = 4; // counts as 1
    put(outputs[2], 4, 0.5f, 0.5f, 0, LN2);
    put(outputs[3], 10, -1, 0.25f);
    List<Candidate> found = head.candidates(signature, outputs, 0.4);
    assertThat(found).hasSize(1);
    // Centre (1.5 * 8, 0.5 * 8), 8 by 16.
    near(found.getFirst(), 8, -4, 16, 12, 0.5f, 0);
    assertThat(found.getFirst().landmarks()).hasSize(5).startsWith(new Point(0, 2));
  }

  /** 16 by 16 pixels: 2 x 2 cells of 8 with two boxes each, and one cell of 16 with three. */
  @Test
  void blazefaceIsRelativeToTheCentreOfTheCell() {
    Signature signature =
        Shapes.signature(
            16,
            16,
            new int[] {8, 1, 1},
            new int[] {3, 1, 1},
            new int[] {8, 1, 16},
            new int[] {3, 1, 16});
    Blazeface head = new Blazeface(List.of(8, 16), List.of(2, 3));
    assertThat(head.refusal(signature)).isEmpty();
    float[][] outputs = outputs(signature);
    Arrays.fill(outputs[0], -9);
    Arrays.fill(outputs[1], -9);
    outputs[0][5] = (float) Math.log(3); // Cell 2: column 0, row 1.
    put(outputs[2], 5 * 16, 1, -2, 6, 4, 0.5f, 1.5f);
    outputs[1][2] = 0;
    put(outputs[3], 2 * 16, -1, 0, 2, 8);
    List<Candidate> found = head.candidates(signature, outputs, 0.4);
    assertThat(found).hasSize(2);
    // Centre (4 + 1, 12 - 2), 6 by 4; then (8 - 1, 8), 2 by 8.
    near(found.getFirst(), 2, 8, 8, 12, 0.75f, 0);
    near(found.getLast(), 6, 4, 8, 12, 0.5f, 0);
    assertThat(found.getFirst().landmarks()).hasSize(6).startsWith(new Point(4.5f, 13.5f));
    assertThat(new Blazeface(List.of(8), List.of(2, 3)).refusal(signature))
        .contains("there are 1 strides, but anchors for 2 of them");
    assertThat(new Blazeface(List.of(16), List.of(2)).refusal(signature))
        .contains("1 strides need 2 outputs, but there are 4");
    assertThat(new Blazeface(List.of(8, 16), List.of(2, 2)).refusal(signature))
        .contains("output o1 is [3, 1, 1], not [2, 1]");
  }

  @Test
  void cornersArePartsOfTheInput() {
    Signature signature = Shapes.signature(10, 20, new int[] {2, 1, 3}, new int[] {2, 1, 4});
    Corners head = new Corners(1, 0);
    assertThat(head.refusal(signature)).isEmpty();
    assertThat(head.classes(signature)).isEqualTo(2);
    float[] scores = {0.9f, 0.05f, 0.05f, 0.1f, 0.5f, 0.4f};
    float[] boxes = {0, 0, 1, 1, 0.25f, 0.5f, 0.75f, 1.5f};
    List<Candidate> found = head.candidates(signature, new float[][] {scores, boxes}, 0.3);
    assertThat(found).hasSize(2);
    near(found.getFirst(), 5, 5, 15, 15, 0.5f, 0);
    near(found.getLast(), 5, 5, 15, 15, 0.4f, 1);
    assertThat(new Corners(0, 1).refusal(signature))
        .contains("output o0 is [2, 1, 3], not [boxes, 4]");
    assertThat(head.refusal(Shapes.signature(8, 8, new int[] {3, 1, 2}, new int[] {2, 1, 4})))
        .contains("output o0 is [3, 1, 2], not [2, 2 or more]");
  }

  private static float[][] outputs(Signature signature) {
    return signature.outputs().stream()
        .map(output -> new float[output.view().size()])
        .toArray(float[][]::new);
  }

  private static void put(float[] into, int at, float... values) {
    System.arraycopy(values, 0, into, at, values.length);
  }

  private static void near(
      Candidate found, float left, float top, float right, float bottom, float score, int index) {
    assertThat(found.box().left()).isCloseTo(left, within(1e-4f));
    assertThat(found.box().top()).isCloseTo(top, within(1e-4f));
    assertThat(found.box().right()).isCloseTo(right, within(1e-4f));
    assertThat(found.box().bottom()).isCloseTo(bottom, within(1e-4f));
    assertThat(found.score()).isEqualTo(score);
    assertThat(found.index()).isEqualTo(index);
  }
}
