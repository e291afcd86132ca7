package dev.cnnc.compiler.testing;

import com.sun.management.ThreadMXBean;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Threads;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs emitted classes of the class path until some runs in a row allocate nothing, and prints
 * their names. Arguments: threads, names of classes.
 *
 * <p>A class that allocates for ever ends it with a 1 and the steps that do: where C2 does not
 * inline a method, vectors are objects.
 */
public final class AllocationMain {
  /** Options of a JVM that compiles early, and waits for it: so that runs can be counted. */
  public static final List<String> OPTIONS = List.of("-Xbatch", "-XX:CompileThresholdScaling=0.1");

  private static final int QUIET = 100;

  /** Ten times as many as it takes with these options. */
  private static final int MOST = 5_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final NetworkInstance network;
  private final float[][] inputs;
  private final float[][] results;
  private final long[] workers;

  private AllocationMain(NetworkInstance network, Threads threads) {
    this.network = network;
    this.inputs = Results.inputs(network, "input");
    this.results = Results.room(network);
    // The first run starts the threads.
    network.run(inputs, results);
    String prefix = network.signature().network() + "-worker-";
    this.workers =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith(prefix))
            .mapToLong(Thread::threadId)
            .toArray();
    if (workers.length != threads.count() - 1) {
      throw new IllegalStateException(
          "%s of %s threads found".formatted(1 + workers.length, threads.count()));
    }
  }

  public static void main(String[] arguments) throws Throwable {
    Threads threads = Threads.of(Integer.parseInt(arguments[0]));
    for (String name : List.of(arguments).subList(1, arguments.length)) {
      try (NetworkInstance network = BitsMain.load(name, threads)) {
        AllocationMain allocation = new AllocationMain(network, threads);
        if (!allocation.ends()) {
          System.err.println(name + " allocates for ever, bytes by step: " + allocation.steps());
          System.exit(1);
        }
        System.out.println(name);
      }
    }
  }

  private boolean ends() {
    int quiet = 0;
    for (int run = 0; quiet < QUIET && run < MOST; run++) {
      long before = bytes();
      network.run(inputs, results);
      quiet = bytes() == before ? quiet + 1 : 0;
    }
    return quiet == QUIET;
  }

  /** Of this thread and the network's. */
  private long bytes() {
    long sum = THREADS.getCurrentThreadAllocatedBytes();
    for (long worker : workers) {
      sum += THREADS.getThreadAllocatedBytes(worker);
    }
    return sum;
  }

  /** Bytes that each step of one more run allocates, if any. */
  private Map<Integer, Long> steps() {
    Map<Integer, Long> steps = new TreeMap<>();
    long[] last = {0};
    network.listen(
        (step, nanoseconds, arena) -> {
          long now = bytes();
          if (now > last[0]) {
            steps.put(step, now - last[0]);
          }
          last[0] = bytes();
        });
    last[0] = bytes();
    network.run(inputs, results);
    return steps;
  }
}
