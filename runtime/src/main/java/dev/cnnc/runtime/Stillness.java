package dev.cnnc.runtime;

/** How long the JIT has not finished a compilation of note. */
final class Stillness {
  /** Shorter compilations are not those of kernels, in milliseconds. */
  private static final long COMPILATION = 5;

  private final Gauges gauges;
  private long compiled;
  private long since;

  Stillness(Gauges gauges) {
    this.gauges = gauges;
    compiled = gauges.compiledMilliseconds().getAsLong();
    since = gauges.nanoseconds().getAsLong();
  }

  /** Nanoseconds since the last such compilation. */
  long nanoseconds() {
    long now = gauges.nanoseconds().getAsLong();
    long compiledNow = gauges.compiledMilliseconds().getAsLong();
    if (compiledNow - compiled >= COMPILATION) {
      compiled = compiledNow;
      since = now;
    }
    return now - since;
  }
}
