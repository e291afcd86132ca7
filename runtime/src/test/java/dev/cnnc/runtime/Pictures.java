package dev.cnnc.runtime;

import java.util.zip.CRC32;

/** Pictures that a Python script beside PIL made in the same way. */
final class Pictures {
  private Pictures() {}

  /** Noise, from the generator of the C standard's example. */
  static Picture noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    int state = 12345;
    for (int index = 0; index < rgb.length; index++) {
      state = (state * 1103515245 + 12345) & Integer.MAX_VALUE;
      rgb[index] = (byte) (state >> 16);
    }
    return new Picture(rgb, width, height);
  }

  /** Every pixel the same in red, green and blue. */
  static Picture grey(int width, int height, int... values) {
    byte[] rgb = new byte[3 * width * height];
    for (int index = 0; index < rgb.length; index++) {
      rgb[index] = (byte) values[index / 3];
    }
    return new Picture(rgb, width, height);
  }

  static long checksum(Picture picture) {
    CRC32 checksum = new CRC32();
    checksum.update(picture.rgb());
    return checksum.getValue();
  }
}
