package dev.cnnc.runtime;

/** What a generated class is: an instance of a network, or one of several sizes. */
public sealed interface GeneratedNetwork extends AutoCloseable
    permits NetworkInstance, NetworkSizes {

  /** Ends its threads. It cannot run afterwards. */
  @Override
  void close();
}
