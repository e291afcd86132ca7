package dev.cnnc.examples;

import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Forks;
import dev.cnnc.runtime.Kernels;
import dev.cnnc.runtime.Preprocess;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.Window;
import dev.cnnc.runtime.weights.PackedWeights;
import java.util.List;
import java.util.Optional;

/**
 * lenet5, handwritten digits.
 *
 * <p>Compiled by cnnc from {@code lenet5.cnn}: 416,520 MACs, 263 KiB of weights, 24 KiB of
 * activations. One instance serves one thread; {@link #fork} gives another that shares the weights.
 */
public final class Lenet5 extends CompiledNetwork {
  /** [28][28][1], lines 32 apart */
  private static final View IMAGE = new View(4_782, 1, 28, 28, 1, 32);

  /** [6][28][28], planar */
  private static final View CONV1 = new View(12, 6, 28, 28, 1, 28, 784);

  /** [6][14][14], planar */
  private static final View AVGPOOL_1 = new View(4_716, 6, 14, 14, 1, 14, 196);

  /** [10][10][16] */
  private static final View CONV2 = new View(12, 16, 10, 10, 16, 160);

  /** [5][5][16] */
  private static final View AVGPOOL_3 = new View(1_612, 16, 5, 5, 16, 80);

  /** [1][1][128], 120 used */
  private static final View FC1 = new View(12, 120, 1, 1, 128, 128);

  /** [1][1][96], 84 used */
  private static final View FC2 = new View(140, 84, 1, 1, 96, 96);

  /** [1][1][16], 10 used */
  private static final View FC3 = new View(12, 10, 1, 1, 16, 16);
  private static final Window WINDOW_5X5_PAD_2 = new Window(5, 5, 1, 1, 1, 1, 2, 2, 2, 2);
  private static final Window WINDOW_2X2_STRIDE_2 = new Window(2, 2, 2, 2, 1, 1, 0, 0, 0, 0);
  private static final Window WINDOW_5X5 = new Window(5, 5, 1, 1, 1, 1, 0, 0, 0, 0);
  private static final Window WINDOW_1X1 = new Window(1, 1, 1, 1, 1, 1, 0, 0, 0, 0);
  private static final int CONV1_WEIGHTS = 12;
  private static final int CONV1_BIAS = 412;
  private static final int CONV2_WEIGHTS = 428;
  private static final int CONV2_BIAS = 2_828;
  private static final int FC1_WEIGHTS = 2_844;
  private static final int FC1_BIAS = 54_044;
  private static final int FC2_WEIGHTS = 54_172;
  private static final int FC2_BIAS = 65_692;
  private static final int FC3_WEIGHTS = 65_788;
  private static final int FC3_BIAS = 67_132;

  /** What the weights file of this class carries too. */
  private static final String HASH = "lenet5 48f42a0241b8b648";

  private static final Signature SIGNATURE = new Signature(
      "lenet5",
      IMAGE,
      List.of(new Signature.Output("output", FC3)),
      5_900,
      1920,
      Optional.of(
          new Preprocess(new Preprocess.Resize.Exact(28, 28), 0, 0, 0.00392156862745098, List.of(),
              List.of())));

  private Lenet5Kernels kernels;

  private Lenet5(PackedWeights weights, Threads threads, Start start) {
    super(SIGNATURE, weights, threads, start);
    take(firstKernels());
  }

  private Lenet5(Lenet5 origin) {
    super(origin);
    take(firstKernels());
  }

  /** Reads, checks and packs the weights beside this class. */
  public static Lenet5 load() {
    return load(Threads.caller());
  }

  /** The same, begun in this way. */
  public static Lenet5 load(Start start) {
    return load(Threads.caller(), start);
  }

  /** The same, to be run on more threads than the caller's: close it then. */
  public static Lenet5 load(Threads threads) {
    return load(threads, Start.QUICK);
  }

  /** The same with both. */
  public static Lenet5 load(Threads threads, Start start) {
    return load(
        PackedWeights.load(Lenet5.class.getResource("Lenet5.weights"), "Lenet5.weights", HASH),
            threads, start);
  }

  /** With weights of the same layout that were packed elsewhere. */
  public static Lenet5 load(PackedWeights weights, Threads threads) {
    return load(weights, threads, Start.QUICK);
  }

  /** The same with all three. */
  public static Lenet5 load(PackedWeights weights, Threads threads, Start start) {
    return start.begin(new Lenet5(weights, threads, start));
  }

  /** Another instance over the same weights, for another thread. */
  public Lenet5 fork() {
    return new Lenet5(this);
  }

  /** So many more, for the threads of a server: see {@link Forks}. */
  public Forks<Lenet5> forks(int count) {
    return new Forks<>(count, this::fork);
  }

  @Override
  protected Kernels kernels(int lanes) {
    return Lenet5Kernels.of(lanes, packed().lanes(), arena, weights, SIGNATURE.arena(), threads()
        .count());
  }

  @Override
  protected void take(Kernels kernels) {
    this.kernels = (Lenet5Kernels) kernels;
  }

  @Override
  protected Lenet5 withVectors() {
    return load(packed(), Threads.caller(), Start.VECTORS);
  }

  @Override
  protected void forward() {
    run(0, 1, 1); // image_halo
    run(1, 28, 12); // conv1
    run(2, 14, 14); // avgpool_1
    run(3, 10, 3); // conv2
    run(4, 5, 5); // avgpool_3
    run(5, 1, 1); // fc1
    run(6, 1, 1); // fc2
    run(7, 1, 1); // fc3
  }

  @Override
  protected void step(int step, int from, int to, int worker) {
    switch (step) {
      case 0 -> image_halo(from, to, worker);
      case 1 -> conv1(from, to, worker);
      case 2 -> avgpool_1(from, to, worker);
      case 3 -> conv2(from, to, worker);
      case 4 -> avgpool_3(from, to, worker);
      case 5 -> fc1(from, to, worker);
      case 6 -> fc2(from, to, worker);
      case 7 -> fc3(from, to, worker);
      default -> throw new IllegalArgumentException("no step " + step);
    }
  }

  /** {@code image}, lenet5.cnn:5:1: zeros around it, where other values lay; [1, 28, 28]. */
  private void image_halo(int from, int to, int worker) {
    kernels.clearHalo(IMAGE, 2, 2, 2, 2);
  }

  /**
   * {@code conv1}, lenet5.cnn:11:13: conv 6@5x5 pad 2, tanh; [1, 28, 28] to [6, 28, 28]; 117,600
   * MACs.
   */
  private void conv1(int from, int to, int worker) {
    kernels.planarConvOf6Tanh(IMAGE, WINDOW_5X5_PAD_2, 28, CONV1_WEIGHTS, CONV1_BIAS, CONV1, from,
        to, worker);
  }

  /** {@code 1}, lenet5.cnn:11:45: avgpool 2x2 stride 2; [6, 28, 28] to [6, 14, 14]. */
  private void avgpool_1(int from, int to, int worker) {
    kernels.planarAveragePool2x2By2(CONV1, WINDOW_2X2_STRIDE_2, AVGPOOL_1, from, to);
  }

  /**
   * {@code conv2}, lenet5.cnn:12:13: conv 16@5x5, tanh; [6, 14, 14] to [16, 10, 10]; 240,000 MACs.
   */
  private void conv2(int from, int to, int worker) {
    kernels.convOfStrips10x5(AVGPOOL_1, WINDOW_5X5, CONV2_WEIGHTS, CONV2_BIAS, CONV2, CONV2,
        Finish.TANH, from, to, worker);
  }

  /** {@code 3}, lenet5.cnn:12:45: avgpool 2x2 stride 2; [16, 10, 10] to [16, 5, 5]. */
  private void avgpool_3(int from, int to, int worker) {
    kernels.averagePool(CONV2, WINDOW_2X2_STRIDE_2, true, AVGPOOL_3, from, to);
  }

  /** {@code fc1}, lenet5.cnn:14:11: fc 120, tanh; [16, 5, 5] to [120]; 48,000 MACs. */
  private void fc1(int from, int to, int worker) {
    kernels.fc(summed(AVGPOOL_3), WINDOW_5X5, FC1_WEIGHTS, FC1_BIAS, FC1, FC1, Finish.TANH, from,
        to, worker);
  }

  /** {@code fc2}, lenet5.cnn:14:35: fc 84, tanh; [120] to [84]; 10,080 MACs. */
  private void fc2(int from, int to, int worker) {
    kernels.fc(summed(FC1), WINDOW_1X1, FC2_WEIGHTS, FC2_BIAS, FC2, FC2, Finish.TANH, from, to,
        worker);
  }

  /** {@code fc3}, lenet5.cnn:14:58: fc 10; [84] to [10]; 840 MACs. */
  private void fc3(int from, int to, int worker) {
    kernels.fc(summed(FC2), WINDOW_1X1, FC3_WEIGHTS, FC3_BIAS, FC3, FC3, Finish.STORE, from, to,
        worker);
  }

  /** What becomes of the sums of a conv or fc. */
  enum Finish {
    TANH,

    STORE
  }
}
