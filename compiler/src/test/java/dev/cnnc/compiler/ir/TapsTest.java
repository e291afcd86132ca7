package dev.cnnc.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Interpolation.Coordinates;
import dev.cnnc.compiler.ir.Interpolation.Method;
import dev.cnnc.compiler.ir.Interpolation.Rounding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Weights as the standard's definitions give them by hand. */
class TapsTest {

  @Test
  void linearOfTwiceTheSizeIsQuarters() {
    Interpolation how = Interpolation.of(Method.LINEAR, Coordinates.HALF_PIXEL);
    assertThat(resized(6, 3, how))
        .containsExactly(
            "0*1.0", "0*0.75 1*0.25", "0*0.25 1*0.75", "1*0.75 2*0.25", "1*0.25 2*0.75", "2*1.0");
  }

  @Test
  void cornersStayCorners() {
    Interpolation how = Interpolation.of(Method.LINEAR, Coordinates.ALIGN_CORNERS);
    assertThat(resized(5, 3, how))
        .containsExactly("0*1.0", "0*0.5 1*0.5", "1*1.0", "1*0.5 2*0.5", "2*1.0");
  }

  @Test
  void antialiasTakesAllThatItCovers() {
    Interpolation wide =
        new Interpolation(
            Method.LINEAR, Coordinates.HALF_PIXEL, Rounding.ROUND_PREFER_FLOOR, 0, true, true, 0);
    assertThat(resized(2, 4, wide))
        .containsExactly(
            "0*0.42857142857142855 1*0.42857142857142855 2*0.14285714285714285",
            "1*0.14285714285714285 2*0.42857142857142855 3*0.42857142857142855");
  }

  @Test
  void aCubicHasItsFourWeights() {
    Interpolation how = Interpolation.of(Method.CUBIC, Coordinates.ASYMMETRIC);
    assertThat(resized(8, 4, how).get(3)).isEqualTo("0*-0.09375 1*0.59375 2*0.59375 3*-0.09375");
  }

  @Test
  void ofTwoEquallyNearPixelsTheRoundingChooses() {
    for (Rounding rounding : Rounding.values()) {
      Interpolation how =
          new Interpolation(
              Method.NEAREST, Coordinates.ASYMMETRIC, rounding, -0.75, false, false, 0);
      boolean up = rounding == Rounding.ROUND_PREFER_CEIL || rounding == Rounding.CEIL;
      assertThat(resized(4, 2, how).get(1)).as(rounding.name()).isEqualTo(up ? "1*1.0" : "0*1.0");
    }
  }

  @Test
  void aPartHasNothingBeyondTheEdge() {
    Interpolation how = Interpolation.of(Method.LINEAR, Coordinates.TF_CROP_AND_RESIZE);
    Taps taps = Taps.of(new Rearrangement.Side(3, 1, 0.5, 1.5), how, 3);
    assertThat(text(taps)).containsExactly("1*1.0", "2*1.0", "");
  }

  @Test
  void bordersMirrorRepeatOrStay() {
    assertThat(border(2, 2, Rearrangement.Mode.REFLECT)).isEqualTo("2 1 0 1 2 1 0");
    assertThat(border(2, 2, Rearrangement.Mode.WRAP)).isEqualTo("1 2 0 1 2 0 1");
    assertThat(border(1, 2, Rearrangement.Mode.EDGE)).isEqualTo("0 0 1 2 2 2");
    assertThat(border(1, -1, Rearrangement.Mode.CONSTANT)).isEqualTo("- 0 1");
  }

  private static List<String> resized(int length, int input, Interpolation how) {
    return text(Taps.of(new Rearrangement.Side(length, (double) length / input, 0, 1), how, input));
  }

  private static List<String> text(Taps taps) {
    return taps.lines().stream()
        .map(
            line ->
                line.stream()
                    .map(tap -> tap.place() + "*" + tap.weight())
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static String border(int before, int after, Rearrangement.Mode mode) {
    Stream<String> places =
        Taps.around(before, after, mode, 3).lines().stream()
            .map(line -> line.isEmpty() ? "-" : Integer.toString(line.getFirst().place()));
    return places.collect(Collectors.joining(" "));
  }
}
