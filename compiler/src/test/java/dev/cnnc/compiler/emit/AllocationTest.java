package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.NetworkFiles;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Once the JVM has compiled it, a network allocates nothing. Until then vectors are objects, and
 * how long that takes nobody promises: so it is given time, and has to prove itself for a while.
 */
class AllocationTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int RUNS = 100;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void ofLenet5(int count) throws IOException {
    Backend backend = NetworkFiles.compile(NetworkFiles.named("lenet5"));
    check(
        InMemory.load(
            backend.java().className(),
            backend.java().text(),
            PackedWeights.of(backend.weights(), new Synthetic()),
            Threads.of(count)),
        "lenet5");
  }

  @Test
  void ofMostKernels() {
    CompiledGraph compiled =
        LongStream.range(0, 100)
            .mapToObj(RandomGraphs::wide)
            .map(CompiledGraph::of)
            .max(Comparator.comparingLong(AllocationTest::kernels))
            .orElseThrow();
    assertThat(kernels(compiled)).isGreaterThan(10);
    check(compiled.load(new Synthetic(), Threads.of(2)), "net");
  }

  private static long kernels(CompiledGraph compiled) {
    return compiled.backend().plan().steps().stream()
        .map(step -> step.kernel().getClass())
        .distinct()
        .count();
  }

  private void check(CompiledNetwork loaded, String name) {
    try (CompiledNetwork network = loaded) {
      float[] picture = Results.picture(network, "input");
      float[][] results = Results.room(network);
      long[] workers = workers(name);
      long start = System.nanoTime();
      int quiet = 0;
      while (quiet < RUNS && System.nanoTime() - start < LIMIT.toNanos()) {
        long before = bytes(workers);
        network.run(picture, results);
        quiet = bytes(workers) == before ? quiet + 1 : 0;
      }
      assertThat(quiet).as("runs in a row that allocated nothing").isEqualTo(RUNS);
    }
  }

  /** Of this thread and the network's. */
  private long bytes(long[] workers) {
    long sum = threads.getCurrentThreadAllocatedBytes();
    for (long worker : workers) {
      sum += threads.getThreadAllocatedBytes(worker);
    }
    return sum;
  }

  private static long[] workers(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name + "-worker-"))
        .mapToLong(Thread::threadId)
        .toArray();
  }
}
