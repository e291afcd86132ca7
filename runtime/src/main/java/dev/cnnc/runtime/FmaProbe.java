package dev.cnnc.runtime;

/**
 * Finds out whether {@link Math#fma} is an instruction on this machine, which no API tells.
 * Measured against the emulation, which takes a few instructions: hardware is no slower, {@code
 * BigDecimal} is at least thirty times as slow, and the interpreter slows all three alike.
 */
final class FmaProbe {
  private static final int BATCHES = 8;
  private static final int CALLS = 64;
  private static final int MUCH_SLOWER = 6;

  private FmaProbe() {}

  /** A batch that the system interrupted looks slow, so the fastest of several counts. */
  static boolean hardware() {
    long emulated = Long.MAX_VALUE;
    long given = Long.MAX_VALUE;
    float value = 0.3f;
    for (int batch = 0; batch < BATCHES; batch++) {
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        value = Fma.exact(value, 0.7f, 0.1f);
      }
      long middle = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        value = Math.fma(value, 0.7f, 0.1f);
      }
      long end = System.nanoTime();
      emulated = Math.min(emulated, middle - start);
      given = Math.min(given, end - middle);
    }
    // The value is always finite; its use keeps the JIT from removing the loops.
    return given < MUCH_SLOWER * emulated && Float.isFinite(value);
  }
}
