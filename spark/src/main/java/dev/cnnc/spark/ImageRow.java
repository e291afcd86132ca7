package dev.cnnc.spark;

import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.PictureReader;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A picture as Spark's image source decodes it: {@code height}, {@code width}, {@code nChannels},
 * {@code mode}, and {@code data}, row by row, with blue, green, red, and then alpha if there is
 * one.
 */
final class ImageRow {
  private static final List<String> FIELDS =
      List.of("height", "width", "nChannels", "mode", "data");

  /** OpenCV's types of 8 bits a channel, and the number of channels of each. */
  private static final Map<Integer, Integer> MODES = Map.of(0, 1, 16, 3, 24, 4);

  private ImageRow() {}

  static boolean fits(StructType type) {
    return Arrays.asList(type.fieldNames()).containsAll(FIELDS);
  }

  static Picture picture(Row image) throws Refusal {
    for (String field : FIELDS) {
      if (image.isNullAt(image.fieldIndex(field))) {
        throw new Refusal("its %s is null".formatted(field));
      }
    }
    int height = image.<Integer>getAs("height");
    int width = image.<Integer>getAs("width");
    int channels = image.<Integer>getAs("nChannels");
    int mode = image.<Integer>getAs("mode");
    byte[] data = image.getAs("data");
    if (height < 0 && width < 0) {
      throw new Refusal("the image source could not decode it");
    }
    if (MODES.getOrDefault(mode, 0) != channels) {
      throw new Refusal(
          "it has mode %s and %s channels; modes 0, 16 and 24 are read, with 1, 3 and 4 channels"
              .formatted(mode, channels));
    }
    if (height < 1 || width < 1 || (long) height * width * channels != data.length) {
      throw new Refusal(
          "%s by %s pixels of %s channels are not %s bytes"
              .formatted(width, height, channels, data.length));
    }
    return PictureReader.of(image(data, width, height, channels));
  }

  /** Over the same bytes: {@link PictureReader} knows how alpha is blended. */
  private static BufferedImage image(byte[] data, int width, int height, int channels) {
    int[] order =
        switch (channels) {
          case 1 -> new int[] {0};
          case 3 -> new int[] {2, 1, 0};
          default -> new int[] {2, 1, 0, 3};
        };
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(data, data.length),
            width,
            height,
            channels * width,
            channels,
            order,
            null);
    boolean alpha = channels == 4;
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(colours, raster, false, null);
  }
}
