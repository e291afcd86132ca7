package dev.cnnc.runtime.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Encodes numbers, texts and shapes of a header, big-endian; {@link Decoder} is its inverse. */
final class Encoder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void tag(int tag) {
    out.write(tag);
  }

  void integer(int value) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  void real(double value) {
    out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
  }

  void reals(List<Double> values) {
    integer(values.size());
    values.forEach(this::real);
  }

  void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    integer(bytes.length);
    out.writeBytes(bytes);
  }

  void shape(List<Integer> shape) {
    tag(shape.size());
    shape.forEach(this::integer);
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
