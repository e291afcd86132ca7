package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The elements of a tensor of a file, decoded as a stream. */
final class Elements {

  private Elements() {}

  /** One element from its bits. */
  private interface Sink {
    void put(int index, long bits);
  }

  static float[] floats(Onnx.Tensor tensor) {
    float[] floats = new float[Math.toIntExact(tensor.bytes() / tensor.type().bytes())];
    Onnx.DataType type = tensor.type();
    decode(tensor, (index, bits) -> floats[index] = (float) value(type, bits));
    return floats;
  }

  static double[] doubles(Onnx.Tensor tensor) {
    double[] doubles = new double[Math.toIntExact(tensor.bytes() / tensor.type().bytes())];
    Onnx.DataType type = tensor.type();
    decode(tensor, (index, bits) -> doubles[index] = value(type, bits));
    return doubles;
  }

  private static double value(Onnx.DataType type, long bits) {
    return switch (type) {
      case FLOAT -> Float.intBitsToFloat((int) bits);
      case DOUBLE -> Double.longBitsToDouble(bits);
      case FLOAT16 -> Float.float16ToFloat((short) bits);
      case BFLOAT16 -> Float.intBitsToFloat((int) bits << Short.SIZE);
      case UINT8, UINT16, UINT32 -> bits;
      case INT8 -> (byte) bits;
      case INT16 -> (short) bits;
      case INT32 -> (int) bits;
      case INT64 -> bits;
      case UINT64 -> bits >= 0 ? bits : 2.0 * (bits >>> 1);
      case BOOL -> bits == 0 ? 0 : 1;
    };
  }

  private static void decode(Onnx.Tensor tensor, Sink sink) {
    try {
      tensor.content().write(new Decoder(tensor.type().bytes(), sink));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Receives bytes in little-endian order. */
  private static final class Decoder extends OutputStream {
    private final int width;
    private final Sink sink;
    private int index;
    private int shift;
    private long bits;

    Decoder(int width, Sink sink) {
      this.width = width * Byte.SIZE;
      this.sink = sink;
    }

    @Override
    public void write(int b) {
      bits |= (b & 0xFFL) << shift;
      shift += Byte.SIZE;
      if (shift == width) {
        sink.put(index++, bits);
        bits = 0;
        shift = 0;
      }
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      for (int i = from; i < from + count; i++) {
        write(bytes[i]);
      }
    }
  }
}
