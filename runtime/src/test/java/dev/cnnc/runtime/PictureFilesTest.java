package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orientation, inks and size of files that the test writes byte by byte. */
class PictureFilesTest {
  private static final int[] THREE = {1, 2, 3};
  private static final int[] FOUR = {1, 2, 3, 4};

  /** Six blocks of grey, three in a row; without colour difference no rounding changes them. */
  private static final List<int[]> GREYS =
      List.of(grey(10), grey(60), grey(110), grey(150), grey(200), grey(250));

  @TempDir private Path folder;

  /** The eight letters F of the Exif standard, here as the blocks of two or three rows. */
  @ParameterizedTest
  @CsvSource({
    "0,10 60 110/150 200 250",
    "1,10 60 110/150 200 250",
    "2,110 60 10/250 200 150",
    "3,250 200 150/110 60 10",
    "4,150 200 250/10 60 110",
    "5,10 150/60 200/110 250",
    "6,150 10/200 60/250 110",
    "7,250 110/200 60/150 10",
    "8,110 250/60 200/10 150",
    "9,10 60 110/150 200 250"
  })
  void standsUpright(int orientation, String rows) throws IOException {
    byte[] little = exif(ByteOrder.LITTLE_ENDIAN, orientation);
    byte[] big = exif(ByteOrder.BIG_ENDIAN, orientation);
    byte[] app = Jpegs.segment(1, "Exif\0\0", little);
    byte[] other = Jpegs.segment(1, "http://ns.adobe.com/xap/1.0/\0", new byte[40]);
    assertThat(seen(Jpegs.of(3, THREE, GREYS, app))).isEqualTo(rows);
    assertThat(seen(Jpegs.of(3, THREE, GREYS, other, Jpegs.segment(1, "Exif\0\0", big))))
        .isEqualTo(rows);
    assertThat(seen(withChunk(png(), little))).isEqualTo(rows);
    assertThat(seen(withChunk(png(), big))).isEqualTo(rows);
  }

  /** Whatever stands there, the picture is read, or refused as damaged. */
  @Test
  void standsAsStoredIfTheTagIsDamaged() throws IOException {
    byte[] exif = exif(ByteOrder.BIG_ENDIAN, 6);
    for (int length = 0; length < exif.length - 6; length++) {
      byte[] cut = Jpegs.segment(1, "Exif\0\0", Arrays.copyOf(exif, length));
      assertThat(seen(Jpegs.of(3, THREE, GREYS, cut))).startsWith("10 60 110/");
    }
    for (int index = 0; index < exif.length; index++) {
      byte[] spoiled = exif.clone();
      spoiled[index] = (byte) 0xFE;
      byte[] app = Jpegs.segment(1, "Exif\0\0", spoiled);
      assertThat(seen(Jpegs.of(3, THREE, GREYS, app))).matches("(10 60 110/|150 10/).*");
    }
  }

  /**
   * Adobe stores inks inverted. As in PIL, the light that black leaves is taken off by each ink:
   * 255 is no ink. YCCK stores the inverse of three inks as YCbCr.
   */
  @ParameterizedTest
  @CsvSource({
    "0,255 255 255 255,255 255 255",
    "0,255 255 255 0,0 0 0",
    "0,0 255 255 255,0 255 255",
    "0,255 0 0 128,128 0 0",
    "0,100 150 200 60,24 35 47",
    "2,0 128 128 255,255 255 255",
    "2,255 128 128 255,0 0 0",
    "2,100 150 200 60,13 50 27",
    "2,55 128 128 255,200 200 200"
  })
  void mixesInks(int transform, String stored, String colour) throws IOException {
    byte[] file = Jpegs.of(1, FOUR, List.of(numbers(stored)), Jpegs.adobe(transform));
    Picture picture = PictureReader.read(write(file));
    assertThat(picture.rgb()).hasSize(3 * 64);
    assertThat(picture.rgb()).startsWith(bytes(colour)).endsWith(bytes(colour));
  }

  @Test
  void takesColoursThatAdobeStoresAsTheyAre() throws IOException {
    byte[] file = Jpegs.of(1, THREE, List.of(numbers("100 150 200")), Jpegs.adobe(0));
    assertThat(PictureReader.read(write(file)).rgb()).startsWith(bytes("100 150 200"));
  }

  /** Refused by what the first bytes say, before anything is allocated. */
  @ParameterizedTest
  @ValueSource(strings = {"50000 4000", "2000000000 2000000000"})
  void refusesMorePixelsThanPillow(String size) throws IOException {
    byte[] png = png();
    int[] sides = numbers(size);
    ByteBuffer.wrap(png).putInt(16, sides[0]).putInt(20, sides[1]);
    CRC32 checksum = new CRC32();
    checksum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) checksum.getValue());
    Path file = write(png);
    assertThatThrownBy(() -> PictureReader.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s has %sx%s pixels, %s in all; pictures of up to 178956970 are read: make it smaller"
                    .formatted(file, sides[0], sides[1], (long) sides[0] * sides[1])
                + " first");
  }

  /** The grey values of the blocks, as they are seen. */
  private String seen(byte[] file) throws IOException {
    Picture picture = PictureReader.read(write(file));
    StringBuilder rows = new StringBuilder();
    for (int y = 0; y < picture.height(); y += 8) {
      rows.append(y == 0 ? "" : "/");
      for (int x = 0; x < picture.width(); x += 8) {
        rows.append(x == 0 ? "" : " ").append(picture.rgb()[3 * (y * picture.width() + x)] & 0xFF);
      }
    }
    return rows.toString();
  }

  private Path write(byte[] file) throws IOException {
    return Files.write(folder.resolve("picture"), file);
  }

  private static byte[] png() throws IOException {
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int pixel = 0; pixel < 24 * 16; pixel++) {
      int x = pixel % 24;
      int y = pixel / 24;
      image.getRaster().setSample(x, y, 0, GREYS.get(y / 8 * 3 + x / 8)[0]);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /** A PNG with Exif behind its header. */
  private static byte[] withChunk(byte[] png, byte[] exif) {
    byte[] chunk = new byte[exif.length + 12];
    ByteBuffer.wrap(chunk)
        .putInt(exif.length)
        .put("eXIf".getBytes(StandardCharsets.US_ASCII))
        .put(exif);
    CRC32 checksum = new CRC32();
    checksum.update(chunk, 4, exif.length + 4);
    ByteBuffer.wrap(chunk).putInt(exif.length + 8, (int) checksum.getValue());
    byte[] file = new byte[png.length + chunk.length];
    ByteBuffer.wrap(file).put(png, 0, 33).put(chunk).put(png, 33, png.length - 33);
    return file;
  }

  /** A directory of two entries; the orientation is the second. */
  private static byte[] exif(ByteOrder order, int orientation) {
    ByteBuffer out = ByteBuffer.allocate(38);
    out.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII))
        .order(order);
    out.putShort((short) 42).putInt(8).putShort((short) 2);
    out.putShort((short) 0x10F).putShort((short) 2).putInt(1).putInt(0);
    out.putShort((short) 0x112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return out.array();
  }

  private static int[] grey(int value) {
    return new int[] {value, 128, 128};
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static byte[] bytes(String text) {
    int[] numbers = numbers(text);
    byte[] bytes = new byte[numbers.length];
    for (int index = 0; index < bytes.length; index++) {
      bytes[index] = (byte) numbers[index];
    }
    return bytes;
  }
}
