package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;

/** A network that was compiled in this JVM, and an instance of it. */
record Loaded(Network written, int threads, NetworkInstance network) implements AutoCloseable {

  /** With vectors from the first run on. */
  static Loaded of(NetworkFile file, int threads, Progress progress) {
    return Built.of(file, progress).load(threads, Start.VECTORS);
  }

  @Override
  public void close() {
    network.close();
  }
}
