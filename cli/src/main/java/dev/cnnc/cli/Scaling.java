package dev.cnnc.cli;

import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.measure.SyntheticInputs;
import dev.cnnc.runtime.Forks;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Warmth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many pictures a second some instances over the same weights compute, each in a thread of its
 * own.
 *
 * @param warmth of the warm-up
 * @param rates pictures a second of one instance, of two, and so on
 */
record Scaling(String network, Warmth warmth, List<Double> rates) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Each number of instances has so many turns, and the best counts: others disturb some. */
  private static final int TURNS = 3;

  Scaling {
    rates = List.copyOf(rates);
  }

  /**
   * Measures from one instance to {@code most}.
   *
   * @param seconds of all turns of a number of instances together
   */
  static Scaling of(Loaded loaded, int most, double seconds, Progress progress) {
    progress.stage("warming up");
    Warmth warmth = loaded.network().warm(PATIENCE);
    List<Double> best = new ArrayList<>();
    float[][] inputs = SyntheticInputs.of(loaded.written().graph()).toArray(float[][]::new);
    try (Forks<? extends NetworkInstance> forks = InMemory.forks(loaded.network(), most);
        ExecutorService threads = Executors.newFixedThreadPool(most)) {
      for (int turn = 0; turn < TURNS; turn++) {
        for (int count = 1; count <= most; count++) {
          progress.stage("measuring, %s instances".formatted(count));
          double rate = rate(threads, forks, count, inputs, seconds / TURNS);
          if (turn == 0) {
            best.add(rate);
          } else {
            best.set(count - 1, Math.max(best.get(count - 1), rate));
          }
        }
      }
    }
    return new Scaling(loaded.written().graph().name(), warmth, best);
  }

  private static double rate(
      ExecutorService threads,
      Forks<? extends NetworkInstance> forks,
      int count,
      float[][] inputs,
      double seconds) {
    CyclicBarrier start = new CyclicBarrier(count);
    List<Callable<Double>> tasks = new ArrayList<>();
    Iterator<? extends NetworkInstance> instances = forks.iterator();
    for (int index = 0; index < count; index++) {
      NetworkInstance instance = instances.next();
      tasks.add(
          () -> {
            start.await();
            return rate(instance, inputs, seconds);
          });
    }
    try {
      double sum = 0;
      for (Future<Double> each : threads.invokeAll(tasks)) {
        sum += each.get();
      }
      return sum;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double rate(NetworkInstance network, float[][] inputs, double seconds) {
    float[] output = new float[network.signature().outputs().getFirst().view().size()];
    long start = System.nanoTime();
    int runs = 0;
    long now;
    do {
      network.run(inputs, output);
      runs++;
      now = System.nanoTime();
    } while (now - start < seconds * 1e9);
    return runs / ((now - start) / 1e9);
  }

  /** What part some instances give of what as many times one instance would. */
  double ofLinear(int count) {
    return rates.get(count - 1) / (count * rates.getFirst());
  }
}
