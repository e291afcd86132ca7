package dev.cnnc.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * The readings of a warm-up.
 *
 * @param nanoseconds a clock
 * @param allocatedBytes bytes that the calling thread has allocated so far
 * @param compiledMilliseconds time that the JIT has spent on finished compilations so far
 */
record Gauges(
    LongSupplier nanoseconds, LongSupplier allocatedBytes, LongSupplier compiledMilliseconds) {

  /**
   * The gauges of this JVM. An image without the module {@code jdk.management} has the clock alone.
   */
  static Gauges ofThisJvm() {
    return areComplete() ? managed() : new Gauges(System::nanoTime, () -> 0, () -> 0);
  }

  /** Whether there is more than the clock. */
  static boolean areComplete() {
    return ModuleLayer.boot().findModule("jdk.management").isPresent();
  }

  /** Whether the JVM compiles with C2 at last, unless there is nobody to ask. */
  static boolean reachC2() {
    return !areComplete() || Flags.lastTier() > 3;
  }

  /** Loaded only if the module is present. */
  private static final class Flags {
    static int lastTier() {
      var flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return flags == null
          ? Integer.MAX_VALUE
          : Integer.parseInt(flags.getVMOption("TieredStopAtLevel").getValue());
    }
  }

  private static Gauges managed() {
    LongSupplier allocated =
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                && threads.isThreadAllocatedMemorySupported()
            ? threads::getCurrentThreadAllocatedBytes
            : () -> 0;
    CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
    LongSupplier compiled =
        jit != null && jit.isCompilationTimeMonitoringSupported()
            ? jit::getTotalCompilationTime
            : () -> 0;
    return new Gauges(System::nanoTime, allocated, compiled);
  }
}
