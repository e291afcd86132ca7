package dev.cnnc.compiler.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The element types of safetensors, by their names there. */
enum ElementType {
  BOOL(1),
  U8(1),
  I8(1),
  F8_E5M2(1),
  F8_E4M3(1),
  I16(2),
  U16(2),
  F16(2),
  BF16(2),
  I32(4),
  U32(4),
  F32(4),
  F64(8),
  I64(8),
  U64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The type of this name. Empty for a type of a later version, which matters only if such a tensor
   * is used.
   */
  static Optional<ElementType> of(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  int bytes() {
    return bytes;
  }

  /** Whether an element fits into a float, as layers require. */
  boolean isUsable() {
    return this == F32 || this == F16 || this == BF16;
  }

  /** The next element of a usable type. */
  float next(ByteBuffer bytes) {
    return switch (this) {
      case F32 -> bytes.getFloat();
      case F16 -> Float.float16ToFloat(bytes.getShort());
      case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16); // the upper half of a float
      case BOOL, U8, I8, F8_E5M2, F8_E4M3, I16, U16, I32, U32, F64, I64, U64 ->
          throw new IllegalStateException(this + " is not usable");
    };
  }
}
