package dev.cnnc.runtime;

import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.WeightsFile;
import java.util.List;
import java.util.Optional;

/** A network of one step, which a test gives anew for every run. */
final class OneStep extends CompiledNetwork {
  private static final View PIXEL = new View(0, 1, 1, 1, 1, 1);
  private static final float[] NOTHING = new float[1];

  /** What is done with units. */
  interface Body {
    void compute(int from, int to, int worker);
  }

  private int units;
  private int portion;
  private Body body = (from, to, worker) -> {};

  OneStep(int threads) {
    super(
        new Signature(
            "one", PIXEL, List.of(new Signature.Output("one", PIXEL)), 1, 0, Optional.empty()),
        PackedWeights.of(
            new WeightsFile("h", List.of(), List.of()),
            (name, shape) -> {
              throw new AssertionError();
            },
            1),
        Threads.of(threads),
        Start.VECTORS);
  }

  @Override
  protected Kernels kernels(int lanes) {
    return any -> {};
  }

  @Override
  protected void take(Kernels kernels) {}

  @Override
  protected OneStep withVectors() {
    throw new AssertionError("begins with its only kernels");
  }

  void compute(int count, int least, Body each) {
    units = count;
    portion = least;
    body = each;
    run(NOTHING, new float[1]);
  }

  /** What a part of the step will do, for a crew of the test's own. */
  OneStep with(Body each) {
    body = each;
    return this;
  }

  @Override
  protected void forward() {
    run(0, units, portion);
  }

  @Override
  protected void step(int step, int from, int to, int worker) {
    body.compute(from, to, worker);
  }
}
