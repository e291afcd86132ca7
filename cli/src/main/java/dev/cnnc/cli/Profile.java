package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.measure.Times;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.runtime.NetworkInstance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The time of each step of a run, averaged over the fastest tenth of the runs. The parts add up to
 * the whole run; the time outside of the steps is that of copying the input and the outputs.
 */
final class Profile {
  private static final int MOST_RUNS = 5000;

  private final Plan plan;
  private final List<long[]> runs = new ArrayList<>();
  private long[] steps;

  Profile(Plan plan) {
    this.plan = plan;
    this.steps = new long[plan.steps().size()];
  }

  /** Runs the network again with a listener. */
  List<Bench.Part> of(NetworkInstance network, Runnable run, Stopwatch stopwatch) {
    network.listen((step, nanoseconds, _) -> steps[step] += nanoseconds);
    try {
      stopwatch.repeat(() -> timed(run), new Times());
    } finally {
      network.listen(null);
    }
    List<long[]> fastest =
        runs.stream()
            .sorted(Comparator.comparingLong(each -> each[each.length - 1]))
            .limit(Math.ceilDiv(runs.size(), 10))
            .toList();
    return parts(fastest);
  }

  /** Records the times of the steps, followed by the time of the whole run. */
  private void timed(Runnable run) {
    steps = new long[plan.steps().size() + 1];
    long start = System.nanoTime();
    run.run();
    steps[plan.steps().size()] = System.nanoTime() - start;
    if (runs.size() < MOST_RUNS) {
      runs.add(steps);
    }
  }

  private List<Bench.Part> parts(List<long[]> times) {
    int count = plan.steps().size();
    double[] averages = new double[count + 1];
    for (int step = 0; step <= count; step++) {
      int index = step;
      averages[step] = times.stream().mapToLong(each -> each[index]).average().orElse(0);
    }
    int[] longest = longest(averages);
    Graph graph = plan.network().graph();
    List<Bench.Part> parts = new ArrayList<>();
    double rest = averages[count];
    for (int index = 0; index < count; index++) {
      Step step = plan.steps().get(index);
      boolean works = longest[step.node().id()] == index;
      parts.add(
          new Bench.Part(
              step.node().name(),
              step.kernel().getClass().getSimpleName(),
              step.node().shape().toString(),
              averages[index],
              works ? 2 * Cost.of(graph, step.node()).macs() : 0));
      rest -= averages[index];
    }
    parts.add(new Bench.Part("", "input and output", "", rest, 0));
    return parts;
  }

  /** The longest step of each layer, which does its arithmetic; the others clear or copy. */
  private int[] longest(double[] averages) {
    int[] longest = new int[plan.network().graph().nodes().size()];
    Arrays.fill(longest, -1);
    for (int index = 0; index < plan.steps().size(); index++) {
      int node = plan.steps().get(index).node().id();
      if (longest[node] < 0 || averages[index] > averages[longest[node]]) {
        longest[node] = index;
      }
    }
    return longest;
  }
}
