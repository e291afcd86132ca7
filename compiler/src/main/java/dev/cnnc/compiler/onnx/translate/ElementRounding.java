package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx.DataType;

/**
 * What a number becomes as an element of a tensor.
 *
 * <p>Whole numbers beyond 2^53 are kept as the nearest double.
 */
final class ElementRounding {

  /** 2^64, of which a double has no remainder. */
  private static final double UNSIGNED = 0x1p64;

  private ElementRounding() {}

  /** The nearest number of the type; of whole types the one without a fraction, wrapped around. */
  static double of(DataType type, double value) {
    return switch (type) {
      case FLOAT -> (float) value;
      case DOUBLE -> value;
      case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16((float) value));
      case BFLOAT16 -> brainFloat((float) value);
      case BOOL -> value == 0 ? 0 : 1;
      case UINT8, INT8, UINT16, INT16, INT32, INT64, UINT32, UINT64 -> wrapped(type, (long) value);
    };
  }

  /** The low bits of a whole number, as all engines keep them. */
  static double wrapped(DataType type, long value) {
    return switch (type) {
      case INT8 -> (byte) value;
      case UINT8 -> value & 0xFF;
      case INT16 -> (short) value;
      case UINT16 -> value & 0xFFFF;
      case INT32 -> (int) value;
      case UINT32 -> value & 0xFFFF_FFFFL;
      case UINT64 -> value < 0 ? value + UNSIGNED : value;
      case INT64 -> value;
      case BOOL -> value == 0 ? 0 : 1;
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> of(type, (double) value);
    };
  }

  /** The upper half of a float's bits, the nearest and of two the even one. */
  private static float brainFloat(float value) {
    int bits = Float.floatToIntBits(value);
    int even = (bits >>> Short.SIZE) & 1;
    int rounded = Float.isNaN(value) ? bits : bits + 0x7FFF + even;
    return Float.intBitsToFloat(rounded & 0xFFFF_0000);
  }

  /** The type in which engines work out what is kept in another. */
  static DataType working(DataType type) {
    return switch (type) {
      case FLOAT16, BFLOAT16 -> DataType.FLOAT;
      case FLOAT, DOUBLE, UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 -> type;
    };
  }
}
