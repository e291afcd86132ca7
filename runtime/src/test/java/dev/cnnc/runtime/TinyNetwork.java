package dev.cnnc.runtime;

import dev.cnnc.runtime.weights.Layout;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.WeightsFile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * What the compiler would generate for: each of 3 channels, with a halo of one pixel, is replaced
 * by the sum over 3 rows, then the channels are summed with weights. Two outputs: the first is the
 * weighted sum, the second what came before it.
 */
final class TinyNetwork extends CompiledNetwork {
  static final int HEIGHT = 6;
  static final int WIDTH = 5;
  private static final int LINE = 3 * (WIDTH + 2);
  private static final View INPUT = new View(LINE + 3, 3, HEIGHT, WIDTH, 3, LINE);
  private static final View SUMS = new View(LINE * (HEIGHT + 2), 3, HEIGHT, WIDTH, 4, 4 * WIDTH);
  private static final View RESULT =
      new View(SUMS.offset() + 4 * WIDTH * HEIGHT, 1, HEIGHT, WIDTH, 1, WIDTH);
  private static final float[] WEIGHTS = {0.5f, -2, 3};

  /** Called by every part of the first step; a test may throw from it. */
  private final IntConsumer witness;

  /** Called by every part of the first step with the lanes of its kernels. */
  private final IntConsumer lanes;

  private final AtomicInteger twins;

  /** Called in the place of every part of the first step that computes nothing. */
  private Runnable idle = () -> {};

  private Width kernels = new Width(0);

  /** Kernels that know their width, and are all the same. */
  private static final class Width implements Kernels {
    private final int lanes;
    private boolean idle;

    Width(int lanes) {
      this.lanes = lanes;
    }

    @Override
    public void idle(boolean idle) {
      this.idle = idle;
    }
  }

  private TinyNetwork(
      PackedWeights weights,
      Threads threads,
      ChangeOver change,
      IntConsumer witness,
      IntConsumer lanes,
      AtomicInteger twins) {
    super(
        new Signature(
            "tiny",
            INPUT,
            List.of(new Signature.Output("result", RESULT), new Signature.Output("sums", SUMS)),
            RESULT.offset() + RESULT.size(),
            7,
            Optional.empty()),
        weights,
        threads,
        change);
    this.witness = witness;
    this.lanes = lanes;
    this.twins = twins;
    take(firstKernels());
  }

  private TinyNetwork(TinyNetwork origin) {
    super(origin);
    this.witness = origin.witness;
    this.lanes = origin.lanes;
    this.twins = origin.twins;
    take(firstKernels());
  }

  /** One that begins without vectors, and pretends to have some of 16 floats. */
  static TinyNetwork quick(Threads threads, ChangeOver change, IntConsumer lanes) {
    return new TinyNetwork(packed(16), threads, change, any -> {}, lanes, new AtomicInteger());
  }

  static TinyNetwork load(Threads threads, IntConsumer witness) {
    return new TinyNetwork(
        packed(1), threads, ChangeOver.of(false), witness, any -> {}, new AtomicInteger());
  }

  private static PackedWeights packed(int lanes) {
    WeightsFile file =
        new WeightsFile(
            "h",
            List.of("a", "b"),
            List.of(
                new WeightsFile.Packed(
                    0, new Layout.Channels(3, 16), new Recipe.Stored("w", List.of(3)))));
    return PackedWeights.of(file, (name, shape) -> WEIGHTS.clone(), lanes);
  }

  static TinyNetwork load(Threads threads) {
    return load(threads, any -> {});
  }

  TinyNetwork fork() {
    return new TinyNetwork(this);
  }

  /** How many instances were made to compile kernels. */
  int twins() {
    return twins.get();
  }

  @Override
  protected Kernels kernels(int lanes) {
    return new Width(lanes);
  }

  @Override
  protected void take(Kernels kernels) {
    this.kernels = (Width) kernels;
  }

  @Override
  protected TinyNetwork withVectors() {
    twins.incrementAndGet();
    return new TinyNetwork(packed(), Threads.caller(), ChangeOver.of(false), witness, lanes, twins);
  }

  /** The same, to be told of parts that compute nothing. */
  TinyNetwork idling(Runnable told) {
    idle = told;
    return this;
  }

  float[] weights() {
    return weights;
  }

  float[] memory() {
    return arena;
  }

  @Override
  protected void forward() {
    run(0, HEIGHT, 1);
    run(1, HEIGHT, 1);
  }

  @Override
  protected void step(int step, int from, int to, int worker) {
    switch (step) {
      case 0 -> sums(from, to, worker);
      case 1 -> result(from, to);
      default -> throw new AssertionError(step);
    }
  }

  private void sums(int from, int to, int worker) {
    if (kernels.idle) {
      idle.run();
      return;
    }
    witness.accept(worker);
    lanes.accept(kernels.lanes);
    for (int row = from; row < to; row++) {
      for (int column = 0; column < WIDTH; column++) {
        for (int channel = 0; channel < 3; channel++) {
          int at = INPUT.offset() + row * LINE + column * 3 + channel;
          arena[SUMS.offset() + row * SUMS.line() + column * 4 + channel] =
              arena[at - LINE] + arena[at] + arena[at + LINE];
        }
      }
    }
  }

  private void result(int from, int to) {
    for (int row = from; row < to; row++) {
      for (int column = 0; column < WIDTH; column++) {
        int at = SUMS.offset() + row * SUMS.line() + column * 4;
        arena[RESULT.offset() + row * WIDTH + column] =
            arena[at] * weights[0] + arena[at + 1] * weights[1] + arena[at + 2] * weights[2];
      }
    }
  }

  /** The same from its definition. */
  static float[] sums(float[] input) {
    float[] sums = new float[input.length];
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row < HEIGHT; row++) {
        for (int column = 0; column < WIDTH; column++) {
          float sum = 0;
          for (int near = Math.max(0, row - 1); near <= Math.min(HEIGHT - 1, row + 1); near++) {
            sum += input[(channel * HEIGHT + near) * WIDTH + column];
          }
          sums[(channel * HEIGHT + row) * WIDTH + column] = sum;
        }
      }
    }
    return sums;
  }

  static float[] result(float[] input) {
    float[] sums = sums(input);
    float[] result = new float[HEIGHT * WIDTH];
    for (int pixel = 0; pixel < result.length; pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        result[pixel] += sums[channel * HEIGHT * WIDTH + pixel] * WEIGHTS[channel];
      }
    }
    return result;
  }
}
