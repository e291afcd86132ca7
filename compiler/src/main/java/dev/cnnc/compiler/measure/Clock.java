package dev.cnnc.compiler.measure;

import java.lang.management.ManagementFactory;

/** What is counted as time. */
public enum Clock {
  /** What a person waits for. */
  WALL {
    @Override
    public long nanoseconds() {
      return System.nanoTime();
    }
  },

  /**
   * What the calling thread ran: the same on a quiet machine, and nearly so on a busy one. Blind
   * for what other threads do, so of use only where there are none.
   */
  THREAD {
    @Override
    public long nanoseconds() {
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
  };

  public abstract long nanoseconds();
}
