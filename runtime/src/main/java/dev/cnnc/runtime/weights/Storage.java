package dev.cnnc.runtime.weights;

/** How elements of tensors are kept. */
public enum Storage {
  /** In 32 bits, as they are. */
  F32,
  /** In 16 bits after IEEE 754: 11 digits of a number, which is at most 65,504. */
  F16,
  /** In 16 bits, the upper half of a float: 8 digits, and a float's range. */
  BF16;

  /** The nearest number that can be kept; of two the even one. */
  public float rounded(float number) {
    return this == F32 ? number : decoded(encoded(number));
  }

  /** That an element takes in a file: biases and the like always have 32 bits. */
  int bytes(Recipe.Stored tensor) {
    return this == F32 || tensor.shape().size() < 2 ? Float.BYTES : Short.BYTES;
  }

  /** The 16 bits that stand for a number. */
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
