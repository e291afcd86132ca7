package dev.cnnc.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.runtime.Picture;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignmentTest {
  private static final List<Point> FACE =
      List.of(
          new Point(30, 40),
          new Point(70, 38),
          new Point(52, 60),
          new Point(36, 81),
          new Point(66, 80));

  /** As Umeyama's singular value decomposition gives it in NumPy. */
  @Test
  void itIsTheLeastSquaresSimilarity() {
    Similarity best = Similarity.best(FACE, Alignment.ARCFACE.places());
    assertThat(best.a()).isCloseTo(0.95089315, within(1e-6));
    assertThat(best.b()).isCloseTo(0.02503789, within(1e-6));
    assertThat(best.c()).isCloseTo(9.21805384, within(1e-4));
    assertThat(best.d()).isCloseTo(13.76544491, within(1e-4));
    Similarity back = best.inverse();
    assertThat(back.x(best.x(3, 4), best.y(3, 4))).isCloseTo(3, within(1e-9));
    assertThat(back.y(best.x(3, 4), best.y(3, 4))).isCloseTo(4, within(1e-9));
  }

  /** By a quarter turn, twice the size, and two pixels to the right. */
  @Test
  void pixelsGoWhereTheLandmarksGo() {
    Alignment alignment = new Alignment(List.of(new Point(2, 0), new Point(2, 4)), 5, 5);
    byte[] rgb = new byte[3 * 3 * 3];
    rgb[3] = 100; // Column 1, row 0.
    List<Point> marks = List.of(new Point(0, 0), new Point(2, 0), new Point(9, 9));
    Picture aligned = alignment.of(new Picture(rgb, 3, 3), marks);
    // (x, y) goes to (2 - 2 y, 2 x).
    assertThat(aligned.rgb()[3 * (2 * 5 + 2)]).isEqualTo((byte) 100);
    assertThat(aligned.rgb()[3 * (2 * 5 + 1)]).isEqualTo((byte) 50);
    assertThat(aligned.rgb()[3 * (2 * 5)]).isZero();
    assertThat(aligned.rgb()[3 * (3 * 5 + 2)]).isEqualTo((byte) 50);
    // Right of the aligned picture is what lies above the picture: its border again.
    assertThat(aligned.rgb()[3 * (2 * 5 + 4)]).isEqualTo((byte) 100);
  }

  @Test
  void landmarksMustBeThereAndApart() {
    Picture picture = new Picture(new byte[3], 1, 1);
    assertThatThrownBy(() -> Alignment.ARCFACE.of(picture, FACE.subList(0, 4)))
        .hasMessage("5 landmarks are needed, but there are 4");
    List<Point> same = List.of(FACE.getFirst(), FACE.getFirst(), FACE.getFirst(), FACE.getFirst());
    assertThatThrownBy(() -> Alignment.ARCFACE_OF_BLAZEFACE.of(picture, same))
        .hasMessage("the landmarks are all at one place");
    assertThatThrownBy(() -> new Alignment(List.of(new Point(1, 1)), 1, 1))
        .hasMessage("an alignment needs two places or more");
  }
}
