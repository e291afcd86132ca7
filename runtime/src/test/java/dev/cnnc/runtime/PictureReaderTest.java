package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
  private static final byte[] COLOURS = {1, 2, 3, (byte) 200, 100, 50, -1, 0, 127, 9, 8, 7};

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void readsColours(int type) {
    BufferedImage image = new BufferedImage(2, 2, type);
    for (int pixel = 0; pixel < 4; pixel++) {
      image.setRGB(pixel % 2, pixel / 2, 0xFF000000 | rgb(pixel));
    }
    Picture picture = PictureReader.of(image);
    assertThat(picture.rgb()).containsExactly(COLOURS);
    assertThat(picture.width()).isEqualTo(2);
  }

  /** The JDK's own conversion would make 188 of 128. */
  @Test
  void readsGreyAsStored() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 2, 1, new int[] {128, 3});
    assertThat(PictureReader.of(image).rgb())
        .containsExactly((byte) 128, (byte) 128, (byte) 128, 3, 3, 3);
  }

  @Test
  void takesTheUpperByteOfSixteenBits() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setPixels(0, 0, 2, 1, new int[] {0x12FF, 0xFF00});
    assertThat(PictureReader.of(image).rgb()).containsExactly(0x12, 0x12, 0x12, -1, -1, -1);
    BufferedImage colour = component(ColorSpace.CS_sRGB, false, DataBuffer.TYPE_USHORT);
    colour.getRaster().setPixel(0, 0, new int[] {0x1234, 0xABCD, 0x00FF});
    assertThat(PictureReader.of(colour).rgb()).containsExactly(0x12, (byte) 0xAB, 0);
  }

  @Test
  void showsWhiteBehindWhatIsTransparent() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00000000);
    image.setRGB(1, 0, 0x80000000);
    image.setRGB(2, 0, 0xFF0000FF);
    assertThat(PictureReader.of(image).rgb()).containsExactly(-1, -1, -1, 127, 127, 127, 0, 0, -1);
    BufferedImage grey = component(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_BYTE);
    grey.getRaster().setPixel(0, 0, new int[] {100, 51});
    assertThat(PictureReader.of(grey).rgb()).containsOnly((byte) (20 + 204));
    BufferedImage multiplied = new BufferedImage(1, 1, BufferedImage.TYPE_4BYTE_ABGR_PRE);
    multiplied.getRaster().setPixel(0, 0, new int[] {20, 0, 51, 51});
    assertThat(PictureReader.of(multiplied).rgb())
        .containsExactly((byte) 224, (byte) 204, (byte) 255);
  }

  @Test
  void readsPalettesAndOneBit() {
    byte[] red = {10, 20, 30};
    byte[] green = {40, 50, 60};
    byte[] blue = {70, 80, 90};
    IndexColorModel palette = new IndexColorModel(8, 3, red, green, blue);
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setPixels(0, 0, 2, 1, new int[] {2, 0});
    assertThat(PictureReader.of(image).rgb()).containsExactly(30, 60, 90, 10, 40, 70);
    BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.getRaster().setPixels(0, 0, 2, 1, new int[] {1, 0});
    assertThat(PictureReader.of(bits).rgb()).containsExactly(-1, -1, -1, 0, 0, 0);
  }

  @Test
  void readsPartOfAPicture() {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(2, 3, 0, 77);
    assertThat(PictureReader.of(image.getSubimage(2, 3, 1, 1)).rgb()).containsOnly(77);
  }

  @Test
  void readsFiles(@TempDir Path folder) throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(5, 6, 0, 128);
    Path file = folder.resolve("digit.png");
    ImageIO.write(image, "png", file.toFile());
    assertThat(PictureReader.read(file).rgb()[3 * (6 * 28 + 5)]).isEqualTo((byte) 128);
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    assertThatThrownBy(() -> PictureReader.read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.png is no picture");
  }

  /** A table or a message has pictures without files. */
  @Test
  void readsBytes() throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(5, 6, 0, 128);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    Picture picture = PictureReader.read(bytes.toByteArray(), "row 7");
    assertThat(picture.rgb()[3 * (6 * 28 + 5)]).isEqualTo((byte) 128);
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
    assertThatThrownBy(() -> PictureReader.read(cut, "row 7"))
        .isInstanceOf(IOException.class)
        .hasMessage("row 7 is damaged or cut short");
  }

  /** Wherever a file ends: either it is refused, or nothing of the picture is missing. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tiff"})
  void neverShowsHalfAPicture(String format, @TempDir Path folder) throws IOException {
    BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_BYTE_GRAY);
    for (int pixel = 0; pixel < 24 * 20; pixel++) {
      image.getRaster().setSample(pixel % 24, pixel / 24, 0, pixel * 37 % 256);
    }
    Path file = folder.resolve("cut." + format);
    ImageIO.write(image, format, file.toFile());
    byte[] whole = Files.readAllBytes(file);
    byte[] expected = PictureReader.read(file).rgb();
    int accepted = 0;
    for (int length = 0; length < whole.length; length += length < whole.length - 50 ? 11 : 1) {
      Files.write(file, Arrays.copyOf(whole, length));
      try {
        assertThat(PictureReader.read(file).rgb()).as("%s bytes", length).isEqualTo(expected);
        accepted++;
      } catch (IOException cut) {
        assertThat(cut).hasMessageMatching(".*cut\\.\\w+ is (no picture|damaged or cut short).*");
      }
    }
    assertThat(accepted).as("without the last marks").isLessThan(25);
  }

  /** What comes behind the end, as phones append it, does not matter. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void doesNotMindWhatFollows(String format, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("picture." + format);
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), format, file.toFile());
    Files.write(file, new byte[1000], StandardOpenOption.APPEND);
    assertThat(PictureReader.read(file).width()).isEqualTo(8);
  }

  @Test
  void wantsThreeBytesAPixel() {
    assertThatThrownBy(() -> new Picture(new byte[5], 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a picture of 1 by 2 pixels takes three bytes each, not 5");
  }

  private static int rgb(int pixel) {
    byte[] part = Arrays.copyOfRange(COLOURS, 3 * pixel, 3 * pixel + 3);
    return ((part[0] & 0xFF) << 16) | ((part[1] & 0xFF) << 8) | (part[2] & 0xFF);
  }

  private static BufferedImage component(int space, boolean alpha, int type) {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space),
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            type);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    return new BufferedImage(model, raster, false, null);
  }
}
