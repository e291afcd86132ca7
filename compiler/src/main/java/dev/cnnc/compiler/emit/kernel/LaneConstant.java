package dev.cnnc.compiler.emit.kernel;

/**
 * A constant about lanes that kernels share.
 *
 * @param type {@code VectorShuffle} or {@code VectorMask}
 * @param value the call of that type that makes it, for species {@code S}
 */
public record LaneConstant(String type, String name, String value) {

  /**
   * Keeps every second lane of a vector, twice. Two of them and {@link #UPPER_HALF} do what
   * rearrange does with two vectors, which allocates on Java 21.
   */
  static final LaneConstant EVERY_SECOND =
      new LaneConstant("VectorShuffle", "EVERY_SECOND", "fromOp(S, lane -> 2 * lane % S.length())");

  static final LaneConstant UPPER_HALF =
      new LaneConstant("VectorMask", "UPPER_HALF", "fromLong(S, -1L << S.length() / 2)");

  /** Lanes whose numbers differ in {@code bit} change places. */
  static LaneConstant exchange(int bit) {
    return new LaneConstant(
        "VectorShuffle", "EXCHANGE_" + bit, "fromOp(S, lane -> lane ^ %s)".formatted(bit));
  }
}
