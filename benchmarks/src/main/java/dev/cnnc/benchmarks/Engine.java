package dev.cnnc.benchmarks;

import dev.cnnc.runtime.CompiledNetwork;

/** Who runs a network: one constant an engine, so that all meet the same benchmark and inputs. */
public enum Engine {
  CNNC {
    @Override
    Runnable prepare(Built built) {
      CompiledNetwork network = built.network();
      float[] input = built.input();
      float[] output = built.output();
      return () -> network.run(input, output);
    }
  };

  /** One picture through the network, from floats to floats, on the caller's thread. */
  abstract Runnable prepare(Built built);
}
