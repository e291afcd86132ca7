package dev.cnnc.runtime;

import dev.cnnc.runtime.weights.PackedWeights;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A generated network of one input. What it shares with networks of several inputs is in {@link
 * NetworkInstance}.
 */
public abstract class CompiledNetwork extends NetworkInstance {

  /** Allocates all memory of the instance. The first run starts the threads. */
  protected CompiledNetwork(
      Signature signature, PackedWeights weights, Threads threads, Start start) {
    super(signature, weights, threads, start);
  }

  /** Another instance over the same weights, with as many threads and memory of its own. */
  protected CompiledNetwork(CompiledNetwork origin) {
    super(origin);
  }

  /** An instance that changes over with others. */
  CompiledNetwork(Signature signature, PackedWeights weights, Threads threads, ChangeOver change) {
    super(signature, weights, threads, change);
  }

  /**
   * Runs the network.
   *
   * @param input in the order channels, rows, columns
   * @return the first output, in the same order
   */
  public final float[] run(float[] input) {
    float[] output = new float[signature().outputs().getFirst().view().size()];
    run(input, output);
    return output;
  }

  /** Runs the network; the first output goes to {@code output}. */
  public final void run(float[] input, float[] output) {
    Lengths.check(signature(), 0, input);
    Lengths.checkOutput(signature(), 0, output);
    begin();
    try {
      in(0, input);
      compute(output);
    } finally {
      end();
    }
  }

  /** Runs the network; all outputs go to {@code outputs}, in the signature's order. */
  public final void run(float[] input, float[][] outputs) {
    Lengths.check(signature(), 0, input);
    Lengths.checkOutputs(signature(), outputs);
    begin();
    try {
      in(0, input);
      compute(outputs);
    } finally {
      end();
    }
  }

  /**
   * Applies the preprocess clause of the file to a picture, runs, and sorts the classes of the
   * first output by probability.
   */
  public final List<Prediction> classify(Picture picture) {
    return Prediction.of(run(new Preprocessor(signature()).input(picture)), labels());
  }

  /** The same for a picture of the JDK. */
  @SuppressWarnings("exports") // Only callers with a BufferedImage need java.desktop.
  public final List<Prediction> classify(BufferedImage picture) {
    return classify(PictureReader.of(picture));
  }

  /** The same for red, green, blue, row by row. */
  public final List<Prediction> classify(byte[] rgb, int width, int height) {
    return classify(new Picture(rgb, width, height));
  }
}
