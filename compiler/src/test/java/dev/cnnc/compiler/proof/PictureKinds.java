package dev.cnnc.compiler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.PictureReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * The kinds of pictures that a class reads.
 *
 * @param folder for the files
 */
record PictureKinds(Path folder) {

  /** Of the largest picture that is read, as the JDK decodes it and as we keep it. */
  private static final long MOST_BYTES = 3L << 30;

  private static final int PNG_SIGNATURE = 8;

  private static final List<byte[]> MARKERS =
      List.of(
          new byte[] {-1, (byte) 0xD8},
          new byte[] {-1, (byte) 0xD9},
          new byte[] {-1, (byte) 0xC0},
          new byte[] {-1, (byte) 0xC2},
          new byte[] {-1, (byte) 0xDA},
          new byte[] {-1, (byte) 0xDD},
          new byte[] {-1, (byte) 0xE1},
          new byte[] {-1, (byte) 0xEE},
          new byte[] {0},
          new byte[4],
          new byte[] {-1},
          ascii("Exif\0\0"),
          ascii("Adobe"),
          ascii("II*\0"),
          ascii("MM\0*"),
          ascii("IHDR"),
          ascii("IDAT"),
          ascii("PLTE"),
          ascii("tRNS"),
          ascii("eXIf"),
          ascii("IEND"));

  List<FileKind> all() throws IOException {
    List<byte[]> jpegs = new ArrayList<>();
    List<byte[]> pngs = new ArrayList<>();
    for (int type :
        new int[] {
          BufferedImage.TYPE_3BYTE_BGR,
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_4BYTE_ABGR,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_USHORT_GRAY
        }) {
      BufferedImage image = image(type);
      pngs.add(written(image, "png", false));
      if (type == BufferedImage.TYPE_3BYTE_BGR || type == BufferedImage.TYPE_BYTE_GRAY) {
        jpegs.add(written(image, "jpeg", false));
        jpegs.add(written(image, "jpeg", true));
        jpegs.add(turned(written(image, "jpeg", false)));
      }
    }
    return List.of(
        new FileKind(".png", pngs, MARKERS, MOST_BYTES, PictureKinds::withChecksums, this::reads),
        new FileKind(".jpeg", jpegs, MARKERS, MOST_BYTES, file -> file, this::reads));
  }

  private boolean reads(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("damaged.picture"), bytes);
    Picture picture;
    try {
      picture = PictureReader.read(file);
    } catch (IOException e) {
      assertThat(e).message().contains("damaged.picture");
      return false;
    }
    assertThat(picture.rgb()).hasSize(3 * picture.width() * picture.height());
    return true;
  }

  private static BufferedImage image(int type) {
    BufferedImage image = new BufferedImage(19, 13, type);
    for (int y = 0; y < 13; y++) {
      for (int x = 0; x < 19; x++) {
        image.setRGB(x, y, 0x80000000 + ((x * 12) << 16) + ((y * 19) << 8) + x * y);
      }
    }
    return image;
  }

  private static byte[] written(BufferedImage image, String format, boolean progressive)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** With an orientation behind the first marker. */
  private static byte[] turned(byte[] jpeg) {
    byte[] exif = {
      -1,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] turned = new byte[jpeg.length + exif.length];
    System.arraycopy(jpeg, 0, turned, 0, 2);
    System.arraycopy(exif, 0, turned, 2, exif.length);
    System.arraycopy(jpeg, 2, turned, 2 + exif.length, jpeg.length - 2);
    return turned;
  }

  /** Of the chunks of a PNG, as far as they follow each other. */
  private static byte[] withChecksums(byte[] png) {
    byte[] mended = png.clone();
    ByteBuffer bytes = ByteBuffer.wrap(mended);
    int at = PNG_SIGNATURE;
    while (at + 12 <= png.length) {
      int length = bytes.getInt(at);
      if (length < 0 || length > png.length - at - 12) {
        break;
      }
      CRC32 checksum = new CRC32();
      checksum.update(mended, at + 4, length + 4);
      bytes.putInt(at + 8 + length, (int) checksum.getValue());
      at += length + 12;
    }
    return mended;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
