package dev.cnnc.cli;

import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.runtime.Forks;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import java.util.HashMap;
import java.util.Map;

/** Instances for some threads, of each size that somebody asked for. */
final class ForksOfSizes implements AutoCloseable {
  private final Built built;
  private final int count;
  private final Map<Integer, Forks<? extends NetworkInstance>> made = new HashMap<>();

  /** None yet. */
  ForksOfSizes(Built built, int count) {
    this.built = built;
    this.count = count;
  }

  /** Those of a size. */
  synchronized Forks<? extends NetworkInstance> of(int size) {
    return made.computeIfAbsent(size, this::make);
  }

  private Forks<? extends NetworkInstance> make(int size) {
    try (NetworkInstance first = built.at(size).instance(1, Start.QUICK)) {
      return InMemory.forks(first, count);
    }
  }

  @Override
  public synchronized void close() {
    made.values().forEach(Forks::close);
  }
}
