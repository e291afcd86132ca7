package dev.cnnc.runtime;

import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A network as generated code extends it: its memory, its threads, and the way in and out.
 *
 * <p>For one thread at a time; a second one gets an exception and does no harm. After an exception
 * of any kind the next run is as good as the first. Nothing is allocated by {@link #run(float[],
 * float[])} once the machine has compiled it.
 */
public abstract class CompiledNetwork implements AutoCloseable {
  /** A vector read at the very end may reach this far behind it. */
  private static final int SLACK = 16;

  private static final int FREE = 0;
  private static final int BUSY = 1;
  private static final int CLOSED = 2;

  /** All activations, then every worker's scratch. Starts as zeros: halos rely on it. */
  protected final float[] arena;

  /** What kernels read; shared with forks. */
  protected final float[] weights;

  private final Signature signature;
  private final PackedWeights packed;
  private final Threads threads;
  private final Crew crew;
  private final AtomicInteger state = new AtomicInteger(FREE);
  private @Nullable StepListener listener;

  /** Allocates all memory there will be, and starts the threads. */
  protected CompiledNetwork(Signature signature, PackedWeights weights, Threads threads) {
    this.signature = signature;
    this.packed = weights;
    this.threads = threads;
    this.weights = weights.values();
    long floats = signature.arena() + (long) threads.count() * signature.scratch() + SLACK;
    this.arena = new float[Math.toIntExact(floats)];
    this.crew = new Crew(threads.count());
    crew.start(signature.network());
  }

  /** Calls {@link #run(int, int, int)} for every step, in order. */
  protected abstract void forward();

  /**
   * Computes units {@code from} up to, not including, {@code to} of a step. Several threads call it
   * at once, each as often as it likes.
   *
   * @param worker whose scratch to use
   */
  protected abstract void step(int step, int from, int to, int worker);

  /**
   * Computes all units of a step, shared by the threads; returns when all are done.
   *
   * @param portion units that are not worth being divided
   */
  protected final void run(int step, int units, int portion) {
    StepListener hearing = listener;
    if (hearing == null) {
      crew.run(this, step, units, portion);
      return;
    }
    long start = System.nanoTime();
    crew.run(this, step, units, portion);
    hearing.step(step, System.nanoTime() - start, arena);
  }

  /** For a fork, which shares them. */
  protected final PackedWeights packed() {
    return packed;
  }

  /** For a fork, which has as many of its own. */
  protected final Threads threads() {
    return threads;
  }

  /** What it takes and gives. */
  public final Signature signature() {
    return signature;
  }

  /** Names of the classes, or empty. */
  public final List<String> labels() {
    return packed.labels();
  }

  /** Tells of every step from now on; null for nobody. */
  @SuppressWarnings("exports") // The annotation is for the compiler alone.
  public final void listen(@Nullable StepListener hearing) {
    listener = hearing;
  }

  /**
   * Runs the network.
   *
   * @param input in the order channels, rows, columns
   * @return the first output, in the same order
   */
  public final float[] run(float[] input) {
    float[] output = new float[signature.outputs().getFirst().view().size()];
    run(input, output);
    return output;
  }

  /** Runs the network; the first output goes to {@code output}. */
  public final void run(float[] input, float[] output) {
    Lengths.check(signature, input);
    Lengths.check(signature, 0, output);
    enter();
    try {
      compute(input);
      signature.outputs().getFirst().view().out(arena, output);
    } finally {
      state.set(FREE);
    }
  }

  /** Runs the network; all outputs go to {@code outputs}, in the signature's order. */
  public final void run(float[] input, float[][] outputs) {
    Lengths.check(signature, input);
    Lengths.check(signature, outputs);
    enter();
    try {
      compute(input);
      for (int index = 0; index < outputs.length; index++) {
        signature.outputs().get(index).view().out(arena, outputs[index]);
      }
    } finally {
      state.set(FREE);
    }
  }

  /**
   * Runs until the machine has compiled everything and times are steady, or the limit is over; once
   * at least. The record tells which.
   */
  public final Warmth warm(Duration limit) {
    View view = signature.input();
    float[] input =
        new Synthetic().tensor("input", List.of(view.channels(), view.height(), view.width()));
    float[] output = new float[signature.outputs().getFirst().view().size()];
    return new WarmUp(System::nanoTime, () -> run(input, output)).until(limit);
  }

  /**
   * Prepares a picture as the file's preprocess clause says, runs, and sorts the first output's
   * classes by probability.
   */
  public final List<Prediction> classify(Picture picture) {
    return Prediction.of(run(new Preprocessor(signature).input(picture)), labels());
  }

  /** The same for a picture of the JDK. */
  @SuppressWarnings("exports") // Who passes one reads java.desktop anyway; others need not.
  public final List<Prediction> classify(BufferedImage picture) {
    return classify(PictureReader.of(picture));
  }

  /** The same for red, green, blue, row by row. */
  public final List<Prediction> classify(byte[] rgb, int width, int height) {
    return classify(new Picture(rgb, width, height));
  }

  /** Ends its threads; running it afterwards is an error. */
  @Override
  public void close() {
    if (state.compareAndSet(FREE, CLOSED)) {
      crew.close();
    } else if (state.get() == BUSY) {
      throw new IllegalStateException(signature.network() + " is running: close it afterwards");
    }
  }

  private void enter() {
    if (!state.compareAndSet(FREE, BUSY)) {
      throw new IllegalStateException(
          signature.network()
              + (state.get() == CLOSED
                  ? " is closed: load it again"
                  : " is running: one instance serves one thread at a time, fork() gives more"));
    }
  }

  private void compute(float[] input) {
    boolean done = false;
    try {
      signature.input().in(input, arena);
      forward();
      done = true;
    } finally {
      if (!done) {
        // Half a run may have left anything where halos belong.
        Arrays.fill(arena, 0);
      }
    }
  }
}
