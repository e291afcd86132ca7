package dev.cnnc.cli;

import com.sun.management.ThreadMXBean;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.measure.Peak;
import dev.cnnc.compiler.measure.SyntheticInputs;
import dev.cnnc.compiler.measure.Times;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.Prediction;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Simd;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Warmth;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Times one network in this JVM, from compiling to the last run.
 *
 * @param seconds shortest time of the runs after the warm-up
 * @param profile whether to time each step too
 * @param machine for which the times of the steps are predicted too
 */
record Stopwatch(int threads, double seconds, boolean profile, Optional<MachineProfile> machine) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LEAST_RUNS = 30;
  private static final int MOST_BATCHES = 10;

  Bench time(Built built, Progress progress) {
    Network written = built.file().written();
    Plan plan = built.own().plan();
    long start = System.nanoTime();
    try (NetworkInstance network = built.instance(threads, Start.VECTORS)) {
      long loading = built.packing() + System.nanoTime() - start;
      progress.stage("warming up");
      Warmth warmth = network.warm(PATIENCE);
      progress.stage("measuring");
      float[][] inputs = SyntheticInputs.of(written.graph()).toArray(float[][]::new);
      float[] output = new float[network.signature().outputs().getFirst().view().size()];
      Times times = new Times();
      repeat(() -> network.run(inputs, output), times);
      double bytes = bytes(() -> network.run(inputs, output));
      List<Bench.Part> parts =
          profile
              ? new Profile(plan).of(network, () -> network.run(inputs, output), this)
              : List.of();
      return new Bench(
          written.graph().name(),
          threads,
          Simd.lanes(),
          built.compiling(),
          loading,
          warmth,
          times.summary(),
          bytes,
          2 * Cost.of(written.graph()).macs(),
          threads * Peak.gigaflops(),
          parts,
          machine.map(on -> Forecast.of(Prediction.of(plan, on, threads), parts)));
    }
  }

  /** Runs until there are enough times. */
  void repeat(Runnable run, Times times) {
    long start = System.nanoTime();
    while (times.count() < LEAST_RUNS || System.nanoTime() - start < seconds * 1e9) {
      long before = System.nanoTime();
      run.run();
      times.add(System.nanoTime() - before);
    }
  }

  /**
   * Bytes that a run allocates in the end. Until C2 has compiled the last kernel, vectors are
   * objects.
   */
  private static double bytes(Runnable run) {
    double bytes = batch(run);
    for (int more = 0; more < MOST_BATCHES && bytes > 0; more++) {
      bytes = batch(run);
    }
    return bytes;
  }

  private static double batch(Runnable run) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < LEAST_RUNS; i++) {
      run.run();
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / LEAST_RUNS;
  }
}
