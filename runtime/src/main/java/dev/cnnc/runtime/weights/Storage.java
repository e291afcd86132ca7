package dev.cnnc.runtime.weights;

/** Storage format of the elements of a tensor. */
public enum Storage {
  /** 32 bits, unchanged. */
  F32,
  /** IEEE 754 with 16 bits: 11 binary digits, at most 65,504. */
  F16,
  /** The upper 16 bits of a float: 8 binary digits and the range of a float. */
  BF16;

  /** The nearest number of the format; the even one of two. */
  public float rounded(float number) {
    return this == F32 ? number : decoded(encoded(number));
  }

  /**
   * Bytes of an element in a file. Tensors of one dimension, such as biases, always have 32 bits.
   */
  int bytes(Recipe.Stored tensor) {
    return this == F32 || tensor.shape().size() < 2 ? Float.BYTES : Short.BYTES;
  }

  /** The 16 bits that encode a number. */
  short encoded(float number) {
    int bits = Float.floatToRawIntBits(number);
    return this == F16
        ? Float.floatToFloat16(number)
        : (short) ((bits + 0x7FFF + ((bits >>> Short.SIZE) & 1)) >>> Short.SIZE);
  }

  /** The inverse of {@link #encoded}. */
  float decoded(short bits) {
    return this == F16 ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << Short.SIZE);
  }
}
