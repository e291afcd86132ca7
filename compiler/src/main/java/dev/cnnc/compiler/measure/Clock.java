package dev.cnnc.compiler.measure;

import java.lang.management.ManagementFactory;

/** The clocks of measurements. */
public enum Clock {
  /** Elapsed time. */
  WALL {
    @Override
    public long nanoseconds() {
      return System.nanoTime();
    }
  },

  /**
   * CPU time of the calling thread: equal to elapsed time on a quiet machine, and nearly
   * independent of load on a busy one. It does not count other threads, so it is useful only
   * without them.
   */
  THREAD {
    @Override
    public long nanoseconds() {
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
  };

  public abstract long nanoseconds();
}
