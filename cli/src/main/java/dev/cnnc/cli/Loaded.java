package dev.cnnc.cli;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.load.JavaInMemory;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;

/** A network that was compiled in this JVM, and an instance of it. */
record Loaded(Network written, int threads, NetworkInstance network) implements AutoCloseable {

  /** With vectors from the first run on. */
  static Loaded of(NetworkFile file, int threads, Progress progress) {
    return of(file, threads, Start.VECTORS, progress);
  }

  /** Begun in some way. */
  static Loaded of(NetworkFile file, int threads, Start start, Progress progress) {
    progress.stage("compiling");
    Network written = file.written();
    Backend backend = file.backend();
    return new Loaded(
        written,
        threads,
        InMemory.instance(
            backend.java().className(),
            JavaInMemory.compile(backend.java().sources()),
            PackedWeights.of(backend.weights(), file.source()),
            Threads.of(threads),
            start));
  }

  @Override
  public void close() {
    network.close();
  }
}
