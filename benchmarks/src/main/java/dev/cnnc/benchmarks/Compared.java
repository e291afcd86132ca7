package dev.cnnc.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** One network in all its processes. */
record Compared(String network, List<Measured> forks) {

  Compared {
    forks = List.copyOf(forks);
  }

  /** The median. */
  double median(ToDoubleFunction<Measured> figure) {
    return sorted(figure).get(forks.size() / 2);
  }

  /** The relative difference between the largest and the smallest. */
  double spread(ToDoubleFunction<Measured> figure) {
    List<Double> sorted = sorted(figure);
    return sorted.getLast() / sorted.getFirst() - 1;
  }

  private List<Double> sorted(ToDoubleFunction<Measured> figure) {
    return forks.stream().map(figure::applyAsDouble).sorted().toList();
  }
}
