package dev.cnnc.runtime.weights;

/**
 * The frame of a weights file: {@link #MAGIC}, version, length of the header, header, checksum of
 * all bytes so far; the data of the tensors, little-endian, in the order of the header; checksum of
 * all bytes so far. The checksum of the header is verified before the header is used.
 */
final class Format {
  private Format() {}

  /**
   * Not text, and with both kinds of line ends, so that a copy through a text filter is detected.
   */
  static final long MAGIC = 0x89434E4E430D0A1AL;

  static final int VERSION = 5;

  /** Bytes before the header. */
  static final int PREFIX = Long.BYTES + 2 * Integer.BYTES;

  /** A thousand layers take less than one percent of it. */
  static final int LARGEST_HEADER = 1 << 26;

  /** Bytes that are read or written at once. */
  static final int CHUNK = 1 << 16;
}
