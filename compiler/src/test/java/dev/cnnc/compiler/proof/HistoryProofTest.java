package dev.cnnc.compiler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever happens to instances, each run gives the bits of the first one, or says why not. */
class HistoryProofTest {

  private static final int CLASSES = 4;

  @Test
  @Tag("proof")
  void everyRunGivesTheSameBits() {
    Budget budget = Budget.given();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    List<Compiled> compiled = new ArrayList<>();
    for (int graph = 0; graph < CLASSES; graph++) {
      compiled.add(Compiled.of(graph));
    }
    Findings.none(
        "histories",
        budget.seed(),
        budget.histories(),
        seed -> finding(compiled.get((int) Math.floorMod(seed, (long) CLASSES)), seed, loaders));
    assertThat(loaders).hasSize(budget.histories());
    awaitEnd(loaders);
  }

  private static Optional<String> finding(
      Compiled compiled, long seed, List<WeakReference<ClassLoader>> loaders) {
    History history = new History(compiled.load(), compiled.weights());
    loaders.add(history.loader());
    int events = 30 + (int) Math.floorMod(seed, 40L);
    return shortest(history.failure(new SplittableRandom(seed), events), compiled, seed, events);
  }

  /** What came last is the failure, so fewer events are its beginning. */
  private static Optional<String> shortest(
      Optional<String> failure, Compiled compiled, long seed, int events) {
    return failure.map(
        first -> {
          for (int fewer = 1; fewer < events; fewer++) {
            History again = new History(compiled.load(), compiled.weights());
            Optional<String> same = again.failure(new SplittableRandom(seed), fewer);
            if (same.isPresent()) {
              return same.get();
            }
          }
          return first + "\n(not again: the threads decide)";
        });
  }

  /** Threads and class loaders go with the instances, closed or forgotten. */
  private static void awaitEnd(List<WeakReference<ClassLoader>> loaders) {
    long left = loaders.size();
    for (int tries = 0; left > 0 && tries < 3_000; tries++) {
      System.gc();
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      left = loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    }
    assertThat(left).as("class loaders that are never collected").isZero();
  }

  /** A class that is loaded again for each history, as a server deploys it. */
  private record Compiled(String name, Map<String, byte[]> classes, PackedWeights weights) {

    static Compiled of(int graph) {
      CompiledGraph compiled =
          CompiledGraph.of(
              graph % 2 == 0 ? RandomGraphs.of(graph) : RandomGraphs.wide(graph), "proof.history");
      return new Compiled(
          compiled.className(),
          compiled.classes(),
          PackedWeights.of(compiled.backend().weights(), new Synthetic()));
    }

    Class<?> load() {
      return InMemory.define(name, classes);
    }
  }
}
