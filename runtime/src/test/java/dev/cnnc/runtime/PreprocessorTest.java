package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessorTest {
  private static final Preprocess.Resize NONE = new Preprocess.Resize.None();

  @Test
  void scalesToOneWithoutAClause() {
    float[] input = of(3, 1, 2, null).input(new Picture(new byte[] {0, 1, 2, 51, -1, 102}, 2, 1));
    assertThat(input).containsExactly(0, 51 / 255f, 1 / 255f, 1, 2 / 255f, 102 / 255f);
  }

  @Test
  void wantsTheInputsSizeWithoutAClause() {
    assertThatThrownBy(() -> of(3, 1, 3, null).input(Pictures.noise(2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "net takes pictures of 3 by 1 pixels (width by height), this one has 2 by 1;"
                + " without a preprocess clause a picture must have the input's size");
  }

  @Test
  void saysThatTheClauseEndsWithAnotherSize() {
    Preprocess clause =
        new Preprocess(new Preprocess.Resize.Exact(4, 5), 0, 0, 1, List.of(), List.of());
    assertThatThrownBy(() -> of(3, 5, 5, clause).input(Pictures.noise(2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this one has 5 by 4; its preprocess clause ends with");
  }

  @Test
  void hasNoPictureOfTwoChannels() {
    assertThatThrownBy(() -> of(2, 1, 1, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("net takes 2 channels, a picture has 1 or 3");
  }

  @Test
  void subtractsMeanAndDividesByDeviation() {
    Preprocess clause =
        new Preprocess(
            NONE, 0, 0, 1 / 255.0, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
    float[] input = of(3, 1, 1, clause).input(new Picture(new byte[] {0, (byte) 128, -1}, 1, 1));
    assertThat(input)
        .containsExactly(
            (float) (-0.485 / 0.229),
            (float) ((128 / 255.0 - 0.456) / 0.224),
            (float) ((1 - 0.406) / 0.225));
  }

  @Test
  void takesOneMeanForAllChannels() {
    Preprocess clause = new Preprocess(NONE, 0, 0, 1, List.of(127.5), List.of(127.5));
    assertThat(of(3, 1, 1, clause).input(new Picture(new byte[] {0, -1, -1}, 1, 1)))
        .containsExactly(-1, 1, 1);
  }

  @Test
  void turnsGreyAsPillow() {
    Preprocess clause = new Preprocess(NONE, 0, 0, 1, List.of(), List.of());
    byte[] colours = {-1, 0, 0, 0, -1, 0, 0, 0, -1, 10, 20, 30, -1, -1, -1};
    // Pillow 12.3.0: Image.convert("L").
    assertThat(of(1, 1, 5, clause).input(new Picture(colours, 5, 1)))
        .containsExactly(76, 150, 29, 18, 255);
    float[] noise = of(1, 48, 64, clause).input(Pictures.noise(64, 48));
    CRC32 checksum = new CRC32();
    for (float value : noise) {
      checksum.update((int) value);
    }
    assertThat(Long.toHexString(checksum.getValue())).isEqualTo("2867d477");
  }

  /** Sizes from torchvision's rule: the long side is cut off, not rounded. */
  @ParameterizedTest
  @CsvSource({
    "640,480,256,341,256",
    "480,640,256,256,341",
    "500,333,224,336,224",
    "7,7,3,3,3",
    "10,3,5,16,5",
    "3,10,3,3,10",
    "1,1,4,4,4"
  })
  void keepsProportions(int width, int height, int pixels, int newWidth, int newHeight) {
    Preprocess clause =
        new Preprocess(new Preprocess.Resize.ShortSide(pixels), 0, 0, 1, List.of(), List.of());
    assertThat(of(3, newHeight, newWidth, clause).input(Pictures.noise(width, height)))
        .hasSize(3 * newHeight * newWidth);
  }

  /**
   * Resized to 256 pixels, one pixel of height becomes 2.6 billion pixels in all, of which the crop
   * keeps 50,000. The picture is constant in height, so that the centre is known.
   */
  @ParameterizedTest
  @CsvSource({"40000,1", "1,40000", "10000000,1", "1,10000000"})
  void computesOnlyWhatTheCropKeeps(int width, int height) {
    Preprocess clause =
        new Preprocess(new Preprocess.Resize.ShortSide(256), 4, 6, 1, List.of(), List.of());
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 77);
    assertThat(of(3, 4, 6, clause).input(new Picture(rgb, width, height)))
        .hasSize(3 * 4 * 6)
        .containsOnly(77);
  }

  @Test
  void refusesAWrongSizeBeforeItResizes() {
    Preprocess clause =
        new Preprocess(new Preprocess.Resize.ShortSide(2000), 0, 0, 1, List.of(), List.of());
    assertThatThrownBy(() -> of(3, 5, 5, clause).input(Pictures.noise(40_000, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this one has 80000000 by 2000");
  }

  /** Each side of the same numbers, wherever a crop lies in what was resized. */
  @ParameterizedTest
  @CsvSource({"64,48,20,7,5", "64,48,20,20,20", "9,31,40,40,3", "5,5,5,3,5", "5,4,9,30,4"})
  void cropsWhatResizingGives(int width, int height, int pixels, int cropWidth, int cropHeight) {
    Picture picture = Pictures.noise(width, height);
    int shorter = Math.min(width, height);
    Picture resized =
        Resampling.resize(picture, pixels * width / shorter, pixels * height / shorter);
    Preprocess crop = new Preprocess(NONE, cropHeight, cropWidth, 1, List.of(), List.of());
    Preprocess both =
        new Preprocess(
            new Preprocess.Resize.ShortSide(pixels),
            cropHeight,
            cropWidth,
            1,
            List.of(),
            List.of());
    assertThat(of(3, cropHeight, cropWidth, both).input(picture))
        .containsExactly(of(3, cropHeight, cropWidth, crop).input(resized));
  }

  /** The odd line is cut off at the end: 1/2 becomes 0, 3/2 becomes 1, 5/2 becomes 2. */
  @ParameterizedTest
  @CsvSource({"5,5,0", "5,4,0", "5,3,1", "5,2,1", "6,1,2", "4,2,1"})
  void cropsTheCentre(int size, int crop, int first) {
    int[] values = new int[size];
    float[] expected = new float[crop];
    for (int index = 0; index < size; index++) {
      values[index] = 10 + index;
    }
    for (int index = 0; index < crop; index++) {
      expected[index] = 10 + first + index;
    }
    Preprocess wide = new Preprocess(NONE, 0, crop, 1, List.of(), List.of());
    assertThat(of(1, 1, crop, wide).input(Pictures.grey(size, 1, values)))
        .containsExactly(expected);
    Preprocess high = new Preprocess(NONE, crop, 0, 1, List.of(), List.of());
    assertThat(of(1, crop, 1, high).input(Pictures.grey(1, size, values)))
        .containsExactly(expected);
  }

  /** The odd line of zeros comes last. */
  @Test
  void padsWhatIsTooSmall() {
    Preprocess clause = new Preprocess(NONE, 1, 5, 1, List.of(), List.of());
    assertThat(of(1, 1, 5, clause).input(Pictures.grey(2, 3, 1, 2, 3, 4, 5, 6)))
        .containsExactly(0, 3, 4, 0, 0);
    Preprocess high = new Preprocess(NONE, 4, 1, 1, List.of(), List.of());
    assertThat(of(1, 4, 1, high).input(Pictures.grey(3, 1, 7, 8, 9))).containsExactly(0, 8, 0, 0);
  }

  private static Preprocessor of(int channels, int height, int width, @Nullable Preprocess clause) {
    View view = new View(0, channels, height, width, channels, channels * width);
    return new Preprocessor(
        new Signature(
            "net",
            view,
            List.of(new Signature.Output("output", view)),
            0,
            0,
            Optional.ofNullable(clause)));
  }
}
