package dev.cnnc.runtime;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Converts pictures of the JDK to bytes; the only class that needs java.desktop.
 *
 * <p>Samples are used as stored; of 16 bits the upper 8 are used. Grey and colour profiles are
 * ignored, as in the libraries with which networks are trained. Transparent pixels are blended with
 * white, inks are mixed as PIL mixes them, and a picture is turned as its Exif orientation says.
 */
@SuppressWarnings("exports") // Only callers with an image need java.desktop.
public final class PictureReader {
  /** Part of a warning of the JDK's JPEG decoder, the only sign that the file ended early. */
  private static final String CUT_SHORT = "Missing EOI";

  /** PIL's limit: a file of a few hundred bytes can claim any number of pixels. */
  private static final long MOST_PIXELS = 178_956_970;

  private PictureReader() {}

  /**
   * Reads a file of any kind ImageIO knows: PNG, JPEG, GIF, BMP, TIFF.
   *
   * @throws IOException if it cannot be read, is not a picture, ends early, or is too large
   */
  public static Picture read(Path file) throws IOException {
    return read(Files.readAllBytes(file), file.toString());
  }

  /**
   * Reads the bytes of such a file.
   *
   * @param name what messages call it
   * @throws IOException if it is not a picture, ends early, or is too large
   */
  public static Picture read(byte[] bytes, String name) throws IOException {
    var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw new IOException(name + " is no picture: PNG, JPEG, GIF, BMP and TIFF can be read");
    }
    ImageReader reader = readers.next();
    try {
      reader.setInput(in, true, true);
      long width = size(name, reader::getWidth);
      long height = size(name, reader::getHeight);
      if (width * height > MOST_PIXELS) {
        throw new IOException(
            "%s has %sx%s pixels, %s in all; pictures of up to %s are read: make it smaller first"
                .formatted(name, width, height, width * height, MOST_PIXELS));
      }
      return Orientation.of(bytes).upright(decoded(name, reader));
    } catch (OutOfMemoryError large) {
      throw new IOException(
          name + " does not fit into the heap: make it smaller, or start Java with a larger -Xmx",
          large);
    } finally {
      reader.dispose();
    }
  }

  private static Picture decoded(String name, ImageReader reader) throws IOException {
    StringBuilder warnings = new StringBuilder();
    reader.addIIOReadWarningListener((source, warning) -> warnings.append(warning));
    try {
      Picture picture = of(reader.read(0));
      if (warnings.indexOf(CUT_SHORT) >= 0) {
        throw new IOException(warnings.toString());
      }
      return picture;
    } catch (IOException | RuntimeException damaged) { // Decoders throw anything for damaged files.
      throw damaged(name, damaged);
    }
  }

  private static long size(String name, Side side) throws IOException {
    try {
      return side.of(0);
    } catch (IOException | RuntimeException damaged) {
      throw damaged(name, damaged);
    }
  }

  private static IOException damaged(String name, Exception cause) {
    return new IOException(name + " is damaged or cut short", cause);
  }

  /** Width or height of a picture of the file. */
  private interface Side {
    int of(int index) throws IOException;
  }

  /** The bytes of a picture. */
  public static Picture of(BufferedImage image) {
    byte[] rgb = new byte[Math.toIntExact(3L * image.getWidth() * image.getHeight())];
    if (hasPlainSamples(image)) {
      samples(image, rgb);
    } else {
      converted(image, rgb);
    }
    return new Picture(rgb, image.getWidth(), image.getHeight());
  }

  /**
   * Whether the samples can be read directly. {@link BufferedImage#getRGB} would convert them,
   * because it takes grey for linear light.
   */
  private static boolean hasPlainSamples(BufferedImage image) {
    int kind = image.getColorModel().getColorSpace().getType();
    int type = image.getRaster().getDataBuffer().getDataType();
    return image.getColorModel() instanceof ComponentColorModel
        && (kind == ColorSpace.TYPE_RGB
            || kind == ColorSpace.TYPE_GRAY
            || kind == ColorSpace.TYPE_CMYK)
        && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
  }

  private static void samples(BufferedImage image, byte[] rgb) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int colours = image.getColorModel().getNumColorComponents();
    boolean premultiplied = image.isAlphaPremultiplied();
    int shift = raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT ? 8 : 0;
    int[] row = new int[bands * image.getWidth()];
    int target = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.getWidth(), 1, row);
      for (int pixel = 0; pixel < row.length; pixel += bands) {
        int alpha = bands > colours ? row[pixel + colours] >> shift : 255;
        int light = colours == 4 ? 255 - (row[pixel + 3] >> shift) : 255;
        for (int channel = 0; channel < 3; channel++) {
          int stored = row[pixel + (colours == 1 ? 0 : channel)] >> shift;
          int value = colours == 4 ? light - product(stored, light) : stored;
          rgb[target++] = overWhite(value, alpha, premultiplied);
        }
      }
    }
  }

  /** Of two bytes that mean 0 to 1, rounded as in PIL. */
  private static int product(int one, int other) {
    int large = one * other + 128;
    return ((large >> 8) + large) >> 8;
  }

  private static void converted(BufferedImage image, byte[] rgb) {
    int target = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      int[] row = image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
      for (int pixel : row) {
        int alpha = pixel >>> 24;
        rgb[target++] = overWhite((pixel >> 16) & 0xFF, alpha, false);
        rgb[target++] = overWhite((pixel >> 8) & 0xFF, alpha, false);
        rgb[target++] = overWhite(pixel & 0xFF, alpha, false);
      }
    }
  }

  private static byte overWhite(int value, int alpha, boolean premultiplied) {
    int shown = premultiplied ? value : (value * alpha + 127) / 255;
    return (byte) Math.min(255, shown + 255 - alpha);
  }
}
