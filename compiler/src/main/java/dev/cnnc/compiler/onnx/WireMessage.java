package dev.cnnc.compiler.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the wire format of protocol buffers. Its length is known before its first byte is
 * written, because enclosing messages need it. That includes content which is not computed yet.
 *
 * @param size number of bytes, without tag and length
 */
record WireMessage(List<Field> fields, long size) {

  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  WireMessage {
    fields = List.copyOf(fields);
  }

  /** One field: its content and the length of the content. */
  record Field(long size, Onnx.Content content) {}

  void write(OutputStream out) throws IOException {
    for (Field field : fields) {
      field.content().write(out);
    }
  }

  /** Collects the fields in the order of writing. */
  static final class Builder {
    private final List<Field> fields = new ArrayList<>();

    Builder whole(int number, long value) {
      int tag = tag(number, VARINT);
      return add(
          varintSize(tag) + varintSize(value),
          out -> {
            writeVarint(tag, out);
            writeVarint(value, out);
          });
    }

    Builder wholes(int number, List<Long> values) {
      values.forEach(value -> whole(number, value));
      return this;
    }

    Builder real(int number, float value) {
      int tag = tag(number, FIXED_32);
      int bits = Float.floatToIntBits(value);
      return add(
          varintSize(tag) + Float.BYTES,
          out -> {
            writeVarint(tag, out);
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
              out.write(bits >>> shift);
            }
          });
    }

    Builder text(int number, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return content(number, bytes.length, out -> out.write(bytes));
    }

    Builder texts(int number, List<String> texts) {
      texts.forEach(text -> text(number, text));
      return this;
    }

    Builder message(int number, WireMessage message) {
      return content(number, message.size, message::write);
    }

    Builder messages(int number, List<WireMessage> messages) {
      messages.forEach(message -> message(number, message));
      return this;
    }

    /** Adds content that is written later, with exactly {@code size} bytes. */
    Builder content(int number, long size, Onnx.Content content) {
      int tag = tag(number, LENGTH_DELIMITED);
      return add(
          varintSize(tag) + varintSize(size) + size,
          out -> {
            writeVarint(tag, out);
            writeVarint(size, out);
            content.write(out);
          });
    }

    WireMessage build() {
      return new WireMessage(fields, fields.stream().mapToLong(Field::size).sum());
    }

    private Builder add(long size, Onnx.Content content) {
      fields.add(new Field(size, content));
      return this;
    }
  }

  private static int tag(int number, int kind) {
    return number << 3 | kind;
  }

  /**
   * Length of a number with seven bits a byte; a negative number counts as an unsigned one of 64
   * bits.
   */
  private static int varintSize(long value) {
    return Math.ceilDiv(Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(value)), 7);
  }

  private static void writeVarint(long value, OutputStream out) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write(((int) rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
