package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.runtime.Preprocess.Filter;
import dev.cnnc.runtime.Preprocess.Order;
import dev.cnnc.runtime.Preprocess.Resize;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checksums and places are those of the Python lines that {@link Fitting} names, run without the
 * libraries: their formulas written down in numpy, with the resize of {@link LinearTest}.
 */
class LetterboxTest {

  @ParameterizedTest
  @CsvSource({
    "64,48,64,64,0,64,64,1.0,0,8,db3bd685",
    "48,64,64,64,0,64,64,1.0,8,0,eb5d53a6",
    "101,67,64,96,0,96,64,0.9504950495049505,0,0,b2188756",
    "67,101,64,96,0,96,64,0.6336633663366337,27,0,4df19b43",
    "33,32,64,64,32,64,64,1.9393939393939394,0,1,6be43683",
    "192,108,64,64,32,64,64,0.3333333333333333,0,14,af783d32",
    "10,3,64,64,0,64,64,6.4,0,22,7259f41a",
    "64,64,64,64,0,64,64,1.0,0,0,1921d44a",
    "3,200,64,64,0,64,64,0.32,31,0,2a3ca5bf"
  })
  void isThatOfUltralytics(
      int width,
      int height,
      int boxHeight,
      int boxWidth,
      int stride,
      int newWidth,
      int newHeight,
      double ratio,
      int left,
      int top,
      String checksum) {
    Resize box = new Resize.Letterbox(boxHeight, boxWidth, 114, stride, false);
    Prepared prepared =
        of(newHeight, newWidth, clause(box, Order.RGB)).prepare(Pictures.noise(width, height));
    assertThat(prepared.placement())
        .isEqualTo(new Placement(ratio, ratio, left, top, width, height));
    assertThat(checksum(prepared, newHeight * newWidth)).isEqualTo(checksum);
  }

  @ParameterizedTest
  @CsvSource({
    "64,48,64,64,1.0,747999e1",
    "101,67,64,96,0.9504950495049505,c17f6e5a",
    "67,101,64,96,0.6336633663366337,abe8c547",
    "30,20,41,41,1.3666666666666667,23e76995"
  })
  void inTheCornerIsThatOfYolox(
      int width, int height, int boxHeight, int boxWidth, double ratio, String checksum) {
    Resize box = new Resize.Letterbox(boxHeight, boxWidth, 114, 0, true);
    Prepared prepared =
        of(boxHeight, boxWidth, clause(box, Order.RGB)).prepare(Pictures.noise(width, height));
    assertThat(prepared.placement()).isEqualTo(new Placement(ratio, ratio, 0, 0, width, height));
    assertThat(checksum(prepared, boxHeight * boxWidth)).isEqualTo(checksum);
  }

  /** Of 192 by 108, 64 by 36 remain, which a stride of 4 leaves alone. */
  @Test
  void withAStrideAddsNoMoreThanNeeded() {
    Resize box = new Resize.Letterbox(64, 64, 0, 4, false);
    Prepared prepared =
        of(36, 64, clause(box, Order.RGB)).prepare(Pictures.grey(192, 108, new int[192 * 108]));
    assertThat(prepared.values()).hasSize(3 * 36 * 64).containsOnly(0);
    assertThatThrownBy(() -> of(36, 64, clause(box, Order.RGB)).input(Pictures.noise(64, 64)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this one has 64 by 64");
  }

  @Test
  void mapsPlacesBack() {
    Placement placement = new Placement(0.5, 0.25, 10, -4, 100, 200);
    assertThat(placement.x(60)).isEqualTo(100);
    assertThat(placement.y(46)).isEqualTo(200);
  }

  /** A crop of 4 of 8 columns begins at the column 2, that is at 1 of the picture's 4. */
  @Test
  void aCropIsAPlaceToo() {
    Preprocess clause = new Preprocess(new Resize.Exact(8, 8), 8, 4, 1, List.of(), List.of());
    Placement placement = of(8, 4, clause).prepare(Pictures.noise(4, 2)).placement();
    assertThat(placement).isEqualTo(new Placement(2, 4, -2, 0, 4, 2));
    assertThat(placement.x(0)).isEqualTo(1);
  }

  /** PaddleOCR's rule; 48/32 = 1.5 and 80/32 = 2.5 both become 2. */
  @ParameterizedTest
  @CsvSource({
    "48,48,48,64,64",
    "80,80,80,64,64",
    "100,50,64,128,64",
    "640,480,736,992,736",
    "9,5,5,32,32"
  })
  void roundsToAMultiple(int width, int height, int pixels, int newWidth, int newHeight) {
    Preprocess clause = clause(new Resize.Multiple(pixels, 32), Order.RGB);
    Placement placement =
        of(newHeight, newWidth, clause).prepare(Pictures.noise(width, height)).placement();
    assertThat(placement.scaleX()).isCloseTo((double) newWidth / width, within(1e-12));
    assertThat(placement.scaleY()).isCloseTo((double) newHeight / height, within(1e-12));
  }

  @Test
  void swapsRedAndBlueBeforeTheMean() {
    Preprocess clause =
        new Preprocess(
            new Resize.None(),
            Filter.PILLOW,
            0,
            0,
            Order.BGR,
            1,
            List.of(1.0, 2.0, 3.0),
            List.of());
    assertThat(of(1, 1, clause).input(new Picture(new byte[] {10, 20, 30}, 1, 1)))
        .containsExactly(29, 18, 7);
  }

  private static Preprocess clause(Resize resize, Order order) {
    return new Preprocess(resize, Filter.OPENCV, 0, 0, order, 1, List.of(), List.of());
  }

  /** Of the bytes, red, green and blue of each pixel side by side. */
  private static String checksum(Prepared prepared, int pixels) {
    CRC32 checksum = new CRC32();
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        checksum.update((int) prepared.values()[channel * pixels + pixel]);
      }
    }
    return Long.toHexString(checksum.getValue());
  }

  private static Preprocessor of(int height, int width, Preprocess clause) {
    View view = new View(0, 3, height, width, 3, 3 * width);
    return new Preprocessor(
        new Signature(
            "net", view, List.of(new Signature.Output("output", view)), 0, 0, Optional.of(clause)));
  }
}
