package dev.cnnc.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.runtime.Picture;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuadrilateralTest {

  private static Quadrilateral corners(float... numbers) {
    return new Quadrilateral(
        new Point(numbers[0], numbers[1]),
        new Point(numbers[2], numbers[3]),
        new Point(numbers[4], numbers[5]),
        new Point(numbers[6], numbers[7]));
  }

  /** Red grows with the column, green with the row. */
  private static Picture slope(int width, int height, int step) {
    byte[] rgb = new byte[3 * width * height];
    for (int pixel = 0; pixel < width * height; pixel++) {
      rgb[3 * pixel] = (byte) (step * (pixel % width));
      rgb[3 * pixel + 1] = (byte) (step * (pixel / width));
    }
    return new Picture(rgb, width, height);
  }

  private static List<List<Integer>> channel(Picture picture, int channel) {
    return IntStream.range(0, picture.height())
        .mapToObj(
            row ->
                IntStream.range(0, picture.width())
                    .mapToObj(
                        column ->
                            picture.rgb()[3 * (row * picture.width() + column) + channel] & 0xFF)
                    .toList())
        .toList();
  }

  @Test
  void anUprightPartIsCopied() {
    Picture part = corners(1, 2, 4, 2, 4, 4, 1, 4).crop(slope(6, 6, 10));
    assertThat(channel(part, 0)).containsExactly(List.of(10, 20, 30), List.of(10, 20, 30));
    assertThat(channel(part, 1)).containsExactly(List.of(20, 20, 20), List.of(30, 30, 30));
  }

  /** As numpy.rot90, and twice, and thrice. */
  @Test
  void quarterTurnsAreAgainstTheClock() {
    Quadrilateral place = corners(1, 2, 4, 2, 4, 4, 1, 4);
    Picture picture = slope(6, 6, 10);
    assertThat(channel(place.turned(1).crop(picture), 0))
        .containsExactly(List.of(30, 30), List.of(20, 20), List.of(10, 10));
    assertThat(channel(place.turned(1).crop(picture), 1)).contains(List.of(20, 30)).hasSize(3);
    assertThat(channel(place.turned(2).crop(picture), 0)).contains(List.of(30, 20, 10)).hasSize(2);
    assertThat(channel(place.turned(2).crop(picture), 1)).first().isEqualTo(List.of(30, 30, 30));
    assertThat(place.turned(3)).isEqualTo(place.turned(-1)).isEqualTo(place.turned(1).turned(2));
    assertThat(place.turned(4)).isEqualTo(place);
  }

  @Test
  void aTallPlaceIsTurned() {
    Quadrilateral tall = corners(0, 0, 2, 0, 2, 3, 0, 3);
    assertThat(tall.lying()).isEqualTo(tall.turned(1));
    Quadrilateral square = corners(0, 0, 2, 0, 2, 2.9f, 0, 2.9f);
    assertThat(square.lying()).isEqualTo(square);
  }

  /** Between pixels, and beside the picture: the place of a pixel of the part is its centre. */
  @Test
  void pixelsAreInterpolated() {
    Picture part = corners(0.5f, 0, 2.5f, 0, 2.5f, 1, 0.5f, 1).crop(slope(3, 1, 100));
    assertThat(channel(part, 0)).containsExactly(List.of(50, 150));
    Picture beside = corners(-2, -2, 5, -2, 5, 0, -2, 0).crop(slope(3, 1, 100));
    assertThat(channel(beside, 0)).first().isEqualTo(List.of(0, 0, 0, 100, 200, 200, 200));
  }

  /** The diagonals meet at (2, 4/3); sides go to sides, linearly only where they are parallel. */
  @Test
  void aTrapeziumIsSeenInPerspective() {
    Perspective perspective = Perspective.ofUnitSquare(corners(0, 0, 4, 0, 3, 2, 1, 2));
    assertThat(perspective.x(0.5, 0.5)).isCloseTo(2, within(1e-12));
    assertThat(perspective.y(0.5, 0.5)).isCloseTo(4 / 3.0, within(1e-12));
    assertThat(perspective.x(0.25, 0)).isCloseTo(1, within(1e-12));
    assertThat(perspective.x(1, 1)).isCloseTo(3, within(1e-12));
    assertThat(perspective.y(1, 1)).isCloseTo(2, within(1e-12));
    assertThat(perspective.x(0, 1)).isCloseTo(1, within(1e-12));
    Quadrilateral place = corners(0, 0, 4, 0, 3, 2, 1, 2);
    assertThat(place.width()).isEqualTo(4);
    assertThat(place.height()).isCloseTo(Math.sqrt(5), within(1e-12));
  }

  @Test
  void aPlaceWithoutAnInsideIsOnePixel() {
    Picture dot = corners(1, 1, 1, 1, 1, 1, 1, 1).crop(slope(3, 3, 100));
    assertThat(channel(dot, 0)).containsExactly(List.of(50));
  }
}
