package dev.cnnc.runtime.weights;

/**
 * The frame of a weights file: {@link #MAGIC}, version, length of the header, header, checksum of
 * all before; the tensors' data, little-endian, in the order of the header; checksum of all before.
 * Whatever a header claims is believed only after its checksum.
 */
final class Format {
  private Format() {}

  /** Not text, and with both line ends: a copy through a text filter damages it visibly. */
  static final long MAGIC = 0x89434E4E430D0A1AL;

  static final int VERSION = 4;

  /** Bytes before the header. */
  static final int PREFIX = Long.BYTES + 2 * Integer.BYTES;

  /** A thousand layers take less than one percent of it. */
  static final int LARGEST_HEADER = 1 << 26;

  /** Bytes in one piece, read or written. */
  static final int CHUNK = 1 << 16;
}
