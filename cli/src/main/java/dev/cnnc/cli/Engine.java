package dev.cnnc.cli;

import java.util.List;

/** Something that computes a network's outputs. */
interface Engine {
  /** The limit of {@link dev.cnnc.runtime.Threads}. */
  int MOST_THREADS = 1024;

  /** Runs once and reports its stages to {@code progress}. */
  Answer run(NetworkFile network, List<float[]> inputs, Progress progress);

  /** The emitted class. */
  static Engine compiled(int threads) {
    return new CompiledEngine(threads);
  }

  /** The interpreter. */
  static Engine reference() {
    return new ReferenceEngine();
  }
}
