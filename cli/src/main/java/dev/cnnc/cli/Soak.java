package dev.cnnc.cli;

import com.sun.management.ThreadMXBean;
import dev.cnnc.compiler.measure.Percentiles;
import dev.cnnc.compiler.measure.SyntheticInputs;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Warmth;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What many runs in a row did, after the warm-up.
 *
 * @param warmth of the warm-up
 * @param times of the runs
 * @param allocated bytes that the calling thread allocated in all of them
 * @param collections of all garbage collectors meanwhile
 * @param heapBefore bytes in use behind a collection before the first run
 * @param heapAfter the same behind the last run
 * @param changed number of the first run whose outputs have other bits than those of the first,
 *     which ends the soak
 */
record Soak(
    String network,
    int threads,
    Warmth warmth,
    Percentiles times,
    long allocated,
    long collections,
    long heapBefore,
    long heapAfter,
    OptionalLong changed) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Runs a network again and again. */
  static Soak of(Loaded loaded, Duration duration, Progress progress) {
    NetworkInstance network = loaded.network();
    progress.stage("warming up");
    Warmth warmth = network.warm(PATIENCE);
    progress.stage("soaking");
    float[][] inputs = SyntheticInputs.of(loaded.written().graph()).toArray(float[][]::new);
    float[][] expected = outputs(network);
    float[][] outputs = outputs(network);
    network.run(inputs, expected);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Percentiles times = new Percentiles();
    long heapBefore = heap();
    long collectionsBefore = collectionsSoFar();
    long start = System.nanoTime();
    long allocatedBefore = thread.getCurrentThreadAllocatedBytes();
    boolean same = true;
    do {
      long before = System.nanoTime();
      network.run(inputs, outputs);
      times.add(System.nanoTime() - before);
      same = equal(expected, outputs);
    } while (same && System.nanoTime() - start < duration.toNanos());
    long allocated = thread.getCurrentThreadAllocatedBytes() - allocatedBefore;
    long collections = collectionsSoFar() - collectionsBefore;
    return new Soak(
        loaded.written().graph().name(),
        loaded.threads(),
        warmth,
        times,
        allocated,
        collections,
        heapBefore,
        heap(),
        same ? OptionalLong.empty() : OptionalLong.of(times.count()));
  }

  private static float[][] outputs(NetworkInstance network) {
    return network.signature().outputs().stream()
        .map(output -> new float[output.view().size()])
        .toArray(float[][]::new);
  }

  /** Bit by bit. */
  private static boolean equal(float[][] expected, float[][] outputs) {
    for (int i = 0; i < expected.length; i++) {
      if (Arrays.mismatch(expected[i], outputs[i]) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long collectionsSoFar() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
