package dev.cnnc.runtime;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a picture must be turned to stand upright: the number of its Exif tag, from 1, which means
 * not at all, to 8. Cameras store the rows of their sensor and write this number.
 */
record Orientation(int number) {
  private static final Orientation UPRIGHT = new Orientation(1);

  private static final int TAG = 0x112;
  private static final int ENTRY = 12;
  private static final int JPEG = 0xFFD8;
  private static final int JPEG_EXIF = 0xFFE1;
  private static final int JPEG_SCAN = 0xFFDA;
  private static final int PNG = 0x89504E47;
  private static final int PNG_EXIF = 0x65584966;
  private static final long EXIF = 0x457869660000L;
  private static final int LITTLE = 0x49492A00;
  private static final int BIG = 0x4D4D002A;

  /** What a JPEG, PNG or TIFF file says; upright if it says nothing that makes sense. */
  static Orientation of(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    try {
      int first = in.getInt(0);
      if (first >>> 16 == JPEG) {
        return inJpeg(in);
      }
      return first == PNG ? inPng(in) : inTiff(in);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return UPRIGHT; // A damaged tag turns nothing. The decoder judges the rest of the file.
    }
  }

  private static Orientation inJpeg(ByteBuffer in) {
    for (int at = 2; ; at += 2 + length(in, at + 2)) {
      while (in.getShort(at) == (short) 0xFFFF) {
        at++;
      }
      int marker = in.getShort(at) & 0xFFFF;
      if (marker < 0xFFC0 || marker == JPEG_SCAN) {
        return UPRIGHT;
      }
      if (marker == JPEG_EXIF && in.getLong(at + 4) >>> 16 == EXIF) {
        return inTiff(in.slice(at + 10, length(in, at + 2) - 8));
      }
    }
  }

  private static int length(ByteBuffer in, int at) {
    return in.getShort(at) & 0xFFFF;
  }

  private static Orientation inPng(ByteBuffer in) {
    for (int at = 8; in.getInt(at) >= 0; at += 12 + in.getInt(at)) {
      if (in.getInt(at + 4) == PNG_EXIF) {
        return inTiff(in.slice(at + 8, in.getInt(at)));
      }
    }
    return UPRIGHT;
  }

  private static Orientation inTiff(ByteBuffer in) {
    int kind = in.getInt(0);
    if (kind != LITTLE && kind != BIG) {
      return UPRIGHT;
    }
    in.order(kind == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = in.getInt(4);
    int count = in.getShort(directory) & 0xFFFF;
    for (int entry = directory + 2; entry < directory + 2 + count * ENTRY; entry += ENTRY) {
      if (in.getShort(entry) == TAG) {
        int number = in.getShort(entry + 8);
        return number >= 1 && number <= 8 ? new Orientation(number) : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** The picture as it is to be seen. */
  Picture upright(Picture stored) {
    if (number == 1) {
      return stored;
    }
    boolean turned = number >= 5;
    int width = turned ? stored.height() : stored.width();
    int height = turned ? stored.width() : stored.height();
    byte[] rgb = new byte[stored.rgb().length];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = 3 * place(stored, turned ? y : x, turned ? x : y);
        rgb[to++] = stored.rgb()[from];
        rgb[to++] = stored.rgb()[from + 1];
        rgb[to++] = stored.rgb()[from + 2];
      }
    }
    return new Picture(rgb, width, height);
  }

  /** Counts columns, rows or both from the other end. */
  private int place(Picture stored, int column, int row) {
    boolean fromRight = number == 2 || number == 3 || number == 7 || number == 8;
    boolean fromBelow = number == 3 || number == 4 || number == 6 || number == 7;
    int x = fromRight ? stored.width() - 1 - column : column;
    int y = fromBelow ? stored.height() - 1 - row : row;
    return y * stored.width() + x;
  }
}
