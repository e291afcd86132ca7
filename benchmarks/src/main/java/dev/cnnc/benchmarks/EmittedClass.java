package dev.cnnc.benchmarks;

import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.load.JavaInMemory;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import java.time.Duration;

/** Our engine: the emitted class, from the floats of the caller to the floats of the caller. */
final class EmittedClass implements Contender {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final NetworkInstance network;
  private final float[][] inputs;
  private final float[][] outputs;

  EmittedClass(Subject subject, int threads) {
    this.network =
        InMemory.instance(
            subject.backend().java().className(),
            JavaInMemory.compile(subject.backend().java().sources()),
            PackedWeights.of(subject.backend().weights(), subject.source()),
            Threads.of(threads));
    this.inputs = subject.inputs().toArray(float[][]::new);
    this.outputs =
        network.signature().outputs().stream()
            .map(output -> new float[output.view().size()])
            .toArray(float[][]::new);
  }

  @Override
  public void run() {
    network.run(inputs, outputs);
  }

  @Override
  public void warm() {
    if (!network.warm(PATIENCE).steady()) {
      throw new IllegalStateException(
          network.signature().network() + " is not steady after " + PATIENCE);
    }
    // Warms the method for all outputs, which differs from the one that was warmed.
    run();
  }

  float[] firstOutput() {
    return outputs[0];
  }

  @Override
  public void close() {
    network.close();
  }
}
