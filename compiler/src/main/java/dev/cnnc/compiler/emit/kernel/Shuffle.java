package dev.cnnc.compiler.emit.kernel;

/**
 * A constant shuffle of lanes that kernels share.
 *
 * @param value the call of {@code VectorShuffle} that makes it, for species {@code S}
 */
public record Shuffle(String name, String value) {

  /** Keeps every second lane of two vectors. */
  static final Shuffle EVERY_SECOND = new Shuffle("EVERY_SECOND", "makeUnzip(S, 0)");

  /** Lanes whose numbers differ in {@code bit} change places. */
  static Shuffle exchange(int bit) {
    return new Shuffle("EXCHANGE_" + bit, "fromOp(S, lane -> lane ^ %s)".formatted(bit));
  }
}
