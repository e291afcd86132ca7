package dev.cnnc.compiler.onnx.read;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The fields of one message in the wire format of protocol buffers, one after the other.
 *
 * <p>Invariant: nothing is read beyond the message, and no length is believed before it has been
 * compared with what is left.
 */
final class WireReader {

  static final int VARINT = 0;
  static final int FIXED_64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int FIXED_32 = 5;

  /** Names and texts are short; who claims a longer one is not an honest file. */
  private static final long LONGEST_TEXT = 1 << 20;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final long start;
  private final String what;
  private long position;
  private int number;
  private int kind;

  /**
   * Reads one message.
   *
   * @param start where in the file it begins, for messages
   * @param what it is, for messages
   */
  WireReader(MemorySegment bytes, long start, String what) {
    this.bytes = bytes;
    this.start = start;
    this.what = what;
  }

  /** Goes on to the next field; false at the end. */
  boolean next() {
    if (position == bytes.byteSize()) {
      return false;
    }
    long tag = varint();
    number = (int) (tag >>> 3);
    kind = (int) tag & 7;
    if (tag >>> 32 != 0 || number == 0) {
      throw broken("a field without a number");
    }
    return true;
  }

  int number() {
    return number;
  }

  /** Where in the file the reader stands. */
  long offset() {
    return start + position;
  }

  OnnxException broken(String problem) {
    return new OnnxException("%s is damaged: %s, at byte %s".formatted(what, problem, offset()));
  }

  /** An integer of up to 64 bits. */
  long whole() {
    expect(VARINT);
    return varint();
  }

  float real() {
    expect(FIXED_32);
    require(Float.BYTES);
    int bits = bytes.get(INT, position);
    position += Float.BYTES;
    return Float.intBitsToFloat(bits);
  }

  /** Integers, one a field or many packed into one. */
  void wholes(List<Long> into, int most) {
    if (kind == VARINT) {
      add(into, varint(), most);
      return;
    }
    WireReader packed = message(what);
    while (packed.position < packed.bytes.byteSize()) {
      add(into, packed.varint(), most);
    }
  }

  /** Numbers of 32 bits, one a field or many packed into one. */
  void reals(List<Float> into, int most) {
    if (kind == FIXED_32) {
      into.add(real());
    } else {
      WireReader packed = message(what);
      packed.kind = FIXED_32;
      while (packed.position < packed.bytes.byteSize()) {
        into.add(packed.real());
      }
    }
    if (into.size() > most) {
      throw broken("a list of more than " + most + " numbers");
    }
  }

  private void add(List<Long> into, long value, int most) {
    if (into.size() == most) {
      throw broken("a list of more than " + most + " numbers");
    }
    into.add(value);
  }

  String text() {
    MemorySegment text = content();
    if (text.byteSize() > LONGEST_TEXT) {
      throw broken("a text of " + text.byteSize() + " bytes");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(text.toArray(ValueLayout.JAVA_BYTE)))
          .toString();
    } catch (CharacterCodingException _) {
      throw broken("a text that is not UTF-8");
    }
  }

  /** A message within this one. */
  WireReader message(String name) {
    MemorySegment inner = content();
    return new WireReader(inner, offset() - inner.byteSize(), name);
  }

  /** The bytes of the field, which stay in the file. */
  MemorySegment content() {
    expect(LENGTH_DELIMITED);
    long length = varint();
    if (length < 0 || length > bytes.byteSize() - position) {
      throw broken(
          "a length of %s bytes where %s are left"
              .formatted(Long.toUnsignedString(length), bytes.byteSize() - position));
    }
    MemorySegment content = bytes.asSlice(position, length);
    position += length;
    return content;
  }

  /** Whether the field holds many numbers, packed. */
  boolean isPacked() {
    return kind == LENGTH_DELIMITED;
  }

  /** Numbers of 64 bits, one in the field. */
  long fixed() {
    expect(FIXED_64);
    require(Long.BYTES);
    long value = bytes.get(LONG, position);
    position += Long.BYTES;
    return value;
  }

  /** Passes over a field that nobody needs. */
  void skip() {
    switch (kind) {
      case VARINT -> varint();
      case FIXED_64 -> fixed();
      case LENGTH_DELIMITED -> content();
      case FIXED_32 -> real();
      default -> throw broken("a field of unknown kind " + kind);
    }
  }

  private void expect(int wanted) {
    if (kind != wanted) {
      throw broken("field " + number + " is of kind " + kind + ", not " + wanted);
    }
  }

  private void require(long count) {
    if (bytes.byteSize() - position < count) {
      throw broken("it ends within a number");
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      require(1);
      byte next = bytes.get(ValueLayout.JAVA_BYTE, position++);
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw broken("a number of more than ten bytes");
  }
}
