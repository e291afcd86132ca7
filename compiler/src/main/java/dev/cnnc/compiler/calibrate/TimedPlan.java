package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.measure.SyntheticInputs;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.compiler.weights.RoundedSource;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.WeightsFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * How long each step of a network takes, one after the other in whole runs, so that weights and
 * activations lie where they lie in use.
 *
 * @param nanoseconds with one thread, of each step, and last of the run outside of the steps
 * @param shared the same for each other number of threads
 */
record TimedPlan(Plan plan, List<Double> nanoseconds, Map<Integer, List<Double>> shared) {
  /**
   * Of the times of a step, the share that is faster than the one that counts: what else runs on
   * the machine makes runs slower, never faster.
   */
  private static final double FASTER = 0.1;

  /** Nanoseconds between two looks at the JIT, which needs both cores of two. */
  private static final long PAUSE = 200_000_000;

  TimedPlan {
    nanoseconds = List.copyOf(nanoseconds);
    shared = Collections.unmodifiableMap(new TreeMap<>(shared));
  }

  /**
   * How long to measure.
   *
   * @param warming the longest wait for the JIT
   * @param settling the longest wait after it for runs that get no faster
   * @param measuring after both, for each number of threads
   * @param fewest runs at least
   */
  record Patience(Duration warming, Duration settling, Duration measuring, int fewest) {}

  /**
   * Runs a network with one thread, and again with more.
   *
   * @param threads 1 for no second time
   */
  static TimedPlan of(Network written, NetworkClasses from, int threads, Patience patience) {
    Network improved = Passes.improved(written);
    Plan plan = Planner.plan(improved);
    NetworkClasses.Compiled compiled = from.of(improved);
    Class<?> type = InMemory.define(compiled.name(), compiled.classes());
    PackedWeights weights =
        PackedWeights.of(
            new WeightsFile(written.graph().name(), improved.labels(), plan.packed()),
            RoundedSource.of(new Synthetic(), written.storage()));
    float[][] inputs = SyntheticInputs.of(written.graph()).toArray(float[][]::new);
    int steps = plan.steps().size();
    List<Double> single;
    try (NetworkInstance network = InMemory.instance(type, weights, Threads.of(1), Start.QUICK)) {
      warm(network, inputs, patience);
      single = times(network, inputs, steps, patience);
    }
    SortedMap<Integer, List<Double>> shared = new TreeMap<>();
    if (threads > 1) {
      // The JIT has compiled the kernels, which belong to the class.
      try (NetworkInstance network =
          InMemory.instance(type, weights, Threads.of(threads), Start.VECTORS)) {
        network.warm(patience.settling());
        shared.put(threads, times(network, inputs, steps, patience));
      }
    }
    return new TimedPlan(plan, single, shared);
  }

  /**
   * Waits until C2 has compiled the kernels. The rehearsal of a quick start takes a fraction of
   * what runs with vectors take, which are objects until then.
   */
  private static void warm(NetworkInstance network, float[][] inputs, Patience patience) {
    float[] output = output(network);
    long begin = System.nanoTime();
    do {
      network.run(inputs, output);
      LockSupport.parkNanos(network.lanes() == 1 ? PAUSE : 0);
    } while (network.lanes() == 1 && System.nanoTime() - begin < patience.warming().toNanos());
    network.warm(patience.settling());
  }

  private static float[] output(NetworkInstance network) {
    return new float[network.signature().outputs().getFirst().view().size()];
  }

  private static List<Double> times(
      NetworkInstance network, float[][] inputs, int steps, Patience patience) {
    float[] output = output(network);
    long[] times = new long[steps];
    network.listen((step, nanoseconds, _) -> times[step] = nanoseconds);
    List<long[]> runs = new ArrayList<>();
    long begin = System.nanoTime();
    while (runs.size() < patience.fewest()
        || System.nanoTime() - begin < patience.measuring().toNanos()) {
      long start = System.nanoTime();
      network.run(inputs, output);
      long whole = System.nanoTime() - start;
      long[] run = Arrays.copyOf(times, steps + 1);
      run[steps] = whole - Arrays.stream(times).sum();
      runs.add(run);
    }
    network.listen(null);
    List<Double> chosen = new ArrayList<>();
    for (int index = 0; index <= steps; index++) {
      int step = index;
      long[] sorted = runs.stream().mapToLong(run -> run[step]).sorted().toArray();
      chosen.add((double) sorted[(int) (FASTER * sorted.length)]);
    }
    return chosen;
  }
}
