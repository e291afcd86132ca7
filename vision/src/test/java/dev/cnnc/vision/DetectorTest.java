package dev.cnnc.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Signature;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorTest {

  /** 10 by 10 and 5 by 10 in it: 50 in common of 100; moved by 5 they share 25 of 125. */
  @Test
  void overlapIsTheCommonPartOfAll() {
    Box box = new Box(0, 0, 10, 10);
    assertThat(box.overlap(new Box(0, 0, 5, 10))).isEqualTo(0.5);
    assertThat(box.overlap(new Box(7.5f, 0, 12.5f, 10))).isCloseTo(0.2, within(1e-12));
    assertThat(box.overlap(new Box(10, 0, 20, 10))).isZero();
    assertThat(new Box(3, 3, 3, 3).overlap(new Box(3, 3, 3, 3))).isZero();
  }

  @Test
  void aBetterBoxOfTheClassHidesOthers() {
    List<Candidate> all =
        List.of(
            candidate(0, 10, 0.5f, 0),
            candidate(1, 11, 0.75f, 0),
            candidate(2, 12, 0.625f, 1),
            candidate(8, 18, 0.25f, 0));
    assertThat(new Suppression(0.5, false, 9).kept(all))
        .extracting(Candidate::score)
        .containsExactly(0.75f, 0.625f, 0.25f);
    assertThat(new Suppression(0.5, true, 9).kept(all))
        .extracting(Candidate::score)
        .containsExactly(0.75f, 0.25f);
    assertThat(new Suppression(0.5, false, 2).kept(all)).hasSize(2);
    // The overlap of the first two is 90/110, which a limit must be below of.
    assertThat(new Suppression(0.82, false, 9).kept(all)).hasSize(4);
    assertThat(new Suppression(0.81, false, 9).kept(all)).hasSize(3);
  }

  @Test
  void equalScoresKeepTheirOrder() {
    List<Candidate> all =
        List.of(candidate(50, 60, 0.5f, 0), candidate(0, 10, 0.5f, 1), candidate(1, 11, 0.5f, 1));
    assertThat(new Suppression(0.5, false, 9).kept(all)).containsExactly(all.get(0), all.get(1));
  }

  /** The input is half the picture, with two columns and four rows before it. */
  @Test
  void boxesComeBackToThePictureAndStayInside() {
    Signature signature = Shapes.signature(8, 16, new int[] {1, 5, 2});
    float[] columns = {6, 15, 5, 7, 4, 8, 2, 4, 0.5f, 0.75f};
    Detector detector = new Detector(new Yolo(Yolo.Version.V8, List.of(8)), 0.25, 0.5, false, 10);
    List<Detection> found =
        detector.of(
            signature,
            List.of("cat"),
            new float[][] {columns},
            new Placement(0.5, 0.5, 2, 4, 24, 6));
    assertThat(found)
        .containsExactly(
            new Detection(new Box(18, 2, 24, 6), 0.75f, 0, "cat", List.of()),
            new Detection(new Box(4, 0, 12, 4), 0.5f, 0, "cat", List.of()));
    assertThat(detector.names(signature)).contains(1);
  }

  @Test
  void aClassWithoutANameIsANumber() {
    Signature signature = Shapes.signature(8, 8, new int[] {6, 1, 1});
    Detector detector = new Detector(new Yolo(Yolo.Version.V8, List.of(8)), 0.25, 0.5, false, 10);
    float[] numbers = {4, 4, 2, 2, 0.1f, 0.5f};
    assertThat(detector.of(signature, List.of("one"), new float[][] {numbers}, Shapes.whole(8, 8)))
        .extracting(Detection::label)
        .containsExactly("1");
  }

  @Test
  void aDrawingHasFramesAndLandmarks() {
    Picture picture = new Picture(new byte[3 * 10 * 10], 10, 10);
    Detection found =
        new Detection(
            new Box(2, 3, 8, 9), 0.5f, 0, "0", List.of(new Point(5, 6), new Point(-9, 99)));
    Picture drawn = Drawing.of(picture, List.of(found));
    StringBuilder lit = new StringBuilder();
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 10; x++) {
        lit.append((drawn.rgb()[3 * (10 * y + x)] & 0xFF) > 0 ? '#' : '.');
      }
      lit.append('\n');
    }
    assertThat(lit)
        .hasToString(
            """
            ..........
            ..........
            ..........
            ..######..
            ..#....#..
            ..#.####..
            ..#.####..
            ..#.####..
            ..######..
            ..........
            """);
    assertThat(picture.rgb()).containsOnly(0);
  }

  private static Candidate candidate(float left, float right, float score, int index) {
    return new Candidate(new Box(left, 0, right, 10), score, index, List.of());
  }
}
