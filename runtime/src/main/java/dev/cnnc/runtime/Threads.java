package dev.cnnc.runtime;

/**
 * The threads of a network.
 *
 * @param count threads, the caller's included
 */
public record Threads(int count) {
  public Threads {
    if (count < 1 || count > 1024) {
      throw new IllegalArgumentException("1 to 1024 threads, not " + count);
    }
  }

  /** The thread that calls, and no other. */
  public static Threads caller() {
    return new Threads(1);
  }

  /** The thread that calls, and a pool of {@code count - 1} that the network owns until closed. */
  public static Threads of(int count) {
    return new Threads(count);
  }
}
