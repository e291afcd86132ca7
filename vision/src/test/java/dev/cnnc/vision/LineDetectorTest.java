package dev.cnnc.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Signature;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Places are computed by hand, from the formulas that the classes name. */
class LineDetectorTest {
  private static final LineDetector DETECTOR = new LineDetector(0.3, 0.6, 1.5, 10);

  /** 1 where the text has a hash, 0.5 where it has a plus, else 0. */
  private static float[] map(String text) {
    String pixels = text.replace("\n", "");
    float[] map = new float[pixels.length()];
    for (int pixel = 0; pixel < map.length; pixel++) {
      map[pixel] = pixels.charAt(pixel) == '#' ? 1 : pixels.charAt(pixel) == '+' ? 0.5f : 0;
    }
    return map;
  }

  private static void put(float[] map, int width, int left, int top, int right, int bottom) {
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        map[y * width + x] = 0.75f;
      }
    }
  }

  private static List<Region> found(LineDetector detector, float[] map, Placement placement) {
    Signature signature = Shapes.signature(32, 64, new int[] {1, 16, 32});
    return detector.of(signature, List.of(), new float[][] {map}, placement);
  }

  /**
   * 11 by 5 pixels: the centres span 10 by 4, which grow by 40 * 1.5 / 28 on all sides. The map has
   * half the size of the input, and the input half that of the picture, behind two columns.
   */
  @Test
  void aBlockGrowsToItsLine() {
    float[] map = new float[16 * 32];
    put(map, 32, 10, 6, 21, 11);
    List<Region> found = found(DETECTOR, map, new Placement(0.5, 0.5, 2, 0, 120, 64));
    assertThat(found).hasSize(1);
    Region line = found.getFirst();
    assertThat(line.score()).isEqualTo(0.75f);
    double grown = 40 * 1.5 / 28;
    double left = (2 * (10.5 - grown) - 2) / 0.5;
    double bottom = 2 * (10.5 + grown) / 0.5;
    assertThat(line.corners().topLeft().x()).isCloseTo((float) left, within(1e-4f));
    assertThat(line.corners().bottomLeft().x()).isCloseTo((float) left, within(1e-4f));
    assertThat(line.corners().bottomRight().y()).isCloseTo((float) bottom, within(1e-4f));
    assertThat(line.corners().width()).isCloseTo(4 * (10 + 2 * grown), within(1e-4));
    assertThat(line.corners().height()).isCloseTo(4 * (4 + 2 * grown), within(1e-4));
  }

  /** Pixels of a slope of 1/2: the smallest rectangle lies along it. */
  @Test
  void aSlantedLineHasASlantedRectangle() {
    float[] map = new float[16 * 32];
    for (int x = 2; x < 18; x++) {
      for (int y = 2 + x / 2; y < 7 + x / 2; y++) {
        map[y * 32 + x] = 1;
      }
    }
    Quadrilateral corners = found(DETECTOR, map, Shapes.whole(64, 32)).getFirst().corners();
    double angle =
        Math.atan2(
            corners.topRight().y() - corners.topLeft().y(),
            corners.topRight().x() - corners.topLeft().x());
    assertThat(Math.toDegrees(angle)).isCloseTo(Math.toDegrees(Math.atan(0.5)), within(1e-3));
    assertThat(corners.width()).isGreaterThan(2 * corners.height());
  }

  @Test
  void faintAndSmallOnesAreNone() {
    float[] map = new float[16 * 32];
    put(map, 32, 10, 6, 21, 11);
    assertThat(found(new LineDetector(0.3, 0.75, 1.5, 10), map, Shapes.whole(64, 32))).isEmpty();
    assertThat(found(new LineDetector(0.75, 0.1, 1.5, 10), map, Shapes.whole(64, 32))).isEmpty();
    float[] thin = new float[16 * 32];
    put(thin, 32, 10, 6, 21, 9);
    assertThat(found(DETECTOR, thin, Shapes.whole(64, 32))).isEmpty();
  }

  /** The best are taken, and then read: rows of the same height from left to right. */
  @Test
  void linesComeInTheOrderOfReading() {
    float[] map = new float[16 * 32];
    put(map, 32, 20, 1, 30, 6);
    put(map, 32, 2, 2, 12, 7);
    put(map, 32, 2, 10, 12, 15);
    List<Region> found = found(DETECTOR, map, Shapes.whole(64, 32));
    assertThat(found)
        .extracting(line -> line.corners().topLeft().x() < 20)
        .containsExactly(true, false, true);
    assertThat(found.getLast().corners().topLeft().y()).isGreaterThan(10);
    map[11 * 32 + 5] = 1;
    List<Region> best = found(new LineDetector(0.3, 0.6, 1.5, 1), map, Shapes.whole(64, 32));
    assertThat(best).containsExactly(found(DETECTOR, map, Shapes.whole(64, 32)).getLast());
  }

  @Test
  void cornersTouchAndHolesAreInside() {
    float[] map =
        map(
            """
            ..#...
            .#.#..
            ..#...
            .....#
            """);
    List<List<Rectangle.Place>> hulls = Components.hulls(map, 6, 4, 0.3);
    assertThat(hulls).hasSize(2);
    assertThat(hulls.getFirst())
        .containsExactlyInAnyOrder(
            place(2.5, 0.5), place(3.5, 1.5), place(2.5, 2.5), place(1.5, 1.5));
    assertThat(hulls.getLast()).containsOnly(place(5.5, 3.5));
    Rectangle diamond = Rectangle.around(hulls.getFirst());
    assertThat(diamond.width()).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(diamond.height()).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(diamond.x()).isCloseTo(2.5, within(1e-12));
    assertThat(Components.hulls(map("++#\n"), 3, 1, 0.5)).hasSize(1);
  }

  /** Of the smallest rectangle no turned one may be smaller. */
  @Test
  void noOtherAngleHasASmallerRectangle() {
    List<Rectangle.Place> hull =
        List.of(place(0, 1), place(3, 0), place(7, 2), place(8, 5), place(4, 6), place(1, 4));
    Rectangle smallest = Rectangle.around(hull);
    List<Double> areas = new ArrayList<>();
    for (int degree = 0; degree < 90; degree++) {
      double cosine = Math.cos(Math.toRadians(degree));
      double sine = Math.sin(Math.toRadians(degree));
      double[] across = hull.stream().mapToDouble(p -> p.x() * cosine + p.y() * sine).toArray();
      double[] down = hull.stream().mapToDouble(p -> p.y() * cosine - p.x() * sine).toArray();
      areas.add(span(across) * span(down));
    }
    double area = smallest.width() * smallest.height();
    assertThat(areas).allSatisfy(other -> assertThat(other).isGreaterThanOrEqualTo(area - 1e-9));
    assertThat(areas).anySatisfy(other -> assertThat(other).isCloseTo(area, within(0.5)));
    assertThat(hull).allMatch(each -> smallest.holds(each.x(), each.y()));
    assertThat(smallest.holds(0, 6)).isFalse();
  }

  @Test
  void itIsForOneMap() {
    assertThat(DETECTOR.refusal(Shapes.signature(32, 64, new int[] {1, 16, 32}))).isEmpty();
    assertThat(DETECTOR.refusal(Shapes.signature(32, 64, new int[] {2, 16, 32})))
        .contains("output o0 is [2, 16, 32], not one map: [1, rows, columns]");
    assertThat(DETECTOR.names(Shapes.signature(32, 64, new int[] {1, 16, 32}))).isEmpty();
  }

  @Test
  void aDrawingHasTheSides() {
    Region line =
        new Region(
            new Quadrilateral(new Point(2, 5), new Point(5, 2), new Point(8, 5), new Point(5, 8)),
            1);
    Picture drawn = Drawing.lines(new Picture(new byte[300], 10, 10), List.of(line));
    StringBuilder text = new StringBuilder();
    for (int pixel = 0; pixel < 100; pixel++) {
      text.append(drawn.rgb()[3 * pixel] != 0 ? 'r' : drawn.rgb()[3 * pixel + 1] != 0 ? 'g' : '.');
      text.append(pixel % 10 == 9 ? "\n" : "");
    }
    assertThat(text)
        .hasToString(
            """
            ..........
            ..........
            ....rr....
            ...r..g...
            ..r....g..
            ..r....gg.
            ...g..g...
            ....gg....
            .....g....
            ..........
            """);
  }

  private static Rectangle.Place place(double x, double y) {
    return new Rectangle.Place(x, y);
  }

  private static double span(double[] numbers) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double number : numbers) {
      least = Math.min(least, number);
      most = Math.max(most, number);
    }
    return most - least;
  }
}
