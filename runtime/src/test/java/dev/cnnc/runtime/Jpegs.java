package dev.cnnc.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes JPEG files of blocks of 8 by 8 pixels, each of one colour, so that a test knows every byte
 * of them: components, markers, and samples that no rounding changes.
 */
final class Jpegs {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int bits = 1;

  private Jpegs() {}

  /**
   * A file.
   *
   * @param columns blocks in a row
   * @param ids numbers of the components
   * @param blocks the stored samples of each block, one for each component
   * @param segments what stands before the picture
   */
  static byte[] of(int columns, int[] ids, List<int[]> blocks, byte[]... segments) {
    Jpegs jpeg = new Jpegs();
    jpeg.write(0xFF, 0xD8);
    for (byte[] segment : segments) {
      jpeg.out.writeBytes(segment);
    }
    jpeg.tables();
    jpeg.frame(8 * columns, 8 * blocks.size() / columns, ids);
    jpeg.scan(blocks);
    jpeg.write(0xFF, 0xD9);
    return jpeg.out.toByteArray();
  }

  /** Adobe's marker: transform 0 stores colours or inks as they are, 1 is YCbCr, 2 is YCCK. */
  static byte[] adobe(int transform) {
    return new byte[] {
      -1, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
    };
  }

  /** An application's segment with a name. */
  static byte[] segment(int number, String name, byte[] content) {
    byte[] head = name.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    int length = 2 + head.length + content.length;
    segment.writeBytes(new byte[] {-1, (byte) (0xE0 + number), (byte) (length >> 8)});
    segment.write(length);
    segment.writeBytes(head);
    segment.writeBytes(content);
    return segment.toByteArray();
  }

  private void write(int... bytes) {
    for (int value : bytes) {
      out.write(value);
    }
  }

  /** All quantisers are 1. A DC code is the category in 4 bits; the one AC code ends the block. */
  private void tables() {
    write(0xFF, 0xDB, 0, 67, 0);
    for (int index = 0; index < 64; index++) {
      write(1);
    }
    write(0xFF, 0xC4, 0, 31, 0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (int category = 0; category < 12; category++) {
      write(category);
    }
    write(0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private void frame(int width, int height, int[] ids) {
    write(0xFF, 0xC0, 0, 8 + 3 * ids.length, 8, height >> 8, height, width >> 8, width, ids.length);
    for (int id : ids) {
      write(id, 0x11, 0);
    }
    write(0xFF, 0xDA, 0, 6 + 2 * ids.length, ids.length);
    for (int id : ids) {
      write(id, 0);
    }
    write(0, 63, 0);
  }

  private void scan(List<int[]> blocks) {
    int[] before = new int[blocks.getFirst().length];
    for (int[] block : blocks) {
      for (int component = 0; component < block.length; component++) {
        int value = 8 * (block[component] - 128);
        int difference = value - before[component];
        before[component] = value;
        int category = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
        put(category, 4);
        put(difference < 0 ? difference + (1 << category) - 1 : difference, category);
        put(0, 1);
      }
    }
    put(0x7F, 7);
  }

  private void put(int value, int count) {
    for (int bit = count - 1; bit >= 0; bit--) {
      bits = bits << 1 | (value >> bit & 1);
      if (bits >= 0x100) {
        write(bits & 0xFF);
        if ((bits & 0xFF) == 0xFF) {
          write(0);
        }
        bits = 1;
      }
    }
  }
}
