package dev.cnnc.compiler.ir;

import dev.cnnc.runtime.weights.Recipe;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Every operation there is. Inputs are the node's, parameters are recipes over stored tensors.
 *
 * <p>Shapes of the parameters are PyTorch's: conv {@code [out, in / groups, height, width]}, fc
 * {@code [out, in]} with the input read in the order channels, rows, columns.
 */
public sealed interface Op {

  /** The picture; no inputs. */
  record Input() implements Op {}

  /** A learned tensor that is a value itself, {@code [channels, height, width]}; no inputs. */
  record Learned(Recipe tensor) implements Op {}

  /** Conv and fc alike: rows of weights make one sum each, then comes the epilogue. */
  sealed interface Weighted extends Op {
    Recipe weight();

    Optional<Recipe> bias();

    Epilogue epilogue();

    Weighted with(Recipe otherWeight, Recipe otherBias);

    Weighted with(Epilogue other);
  }

  /** Inputs: the picture, and with {@link Epilogue#residual} what is added to the sum. */
  record Conv(
      int filters,
      Window window,
      int groups,
      Recipe weight,
      Optional<Recipe> bias,
      Epilogue epilogue)
      implements Weighted {
    @Override
    public Conv with(Recipe otherWeight, Recipe otherBias) {
      return new Conv(filters, window, groups, otherWeight, Optional.of(otherBias), epilogue);
    }

    @Override
    public Conv with(Epilogue other) {
      return new Conv(filters, window, groups, weight, bias, other);
    }
  }

  /** Fully connected; flattens its input by itself. Inputs as for {@link Conv}. */
  record Fc(int outputs, Recipe weight, Optional<Recipe> bias, Epilogue epilogue)
      implements Weighted {
    @Override
    public Fc with(Recipe otherWeight, Recipe otherBias) {
      return new Fc(outputs, otherWeight, Optional.of(otherBias), epilogue);
    }

    @Override
    public Fc with(Epilogue other) {
      return new Fc(outputs, weight, bias, other);
    }
  }

  /** {@code (x - mean) / sqrt(variance + epsilon) * weight + bias}, each by channel. */
  record BatchNorm(Recipe weight, Recipe bias, Recipe mean, Recipe variance, double epsilon)
      implements Op {}

  /** {@code x * factor + shift}, by channel: what is left of a batch norm that could not fold. */
  record Scale(Recipe factor, Recipe shift) implements Op {
    /** The one number that a file multiplies by; empty if it has tensors. */
    public OptionalDouble constant() {
      return factor instanceof Recipe.Filled(double by, _)
              && shift instanceof Recipe.Filled(double plus, _)
              && plus == 0
          ? OptionalDouble.of(by)
          : OptionalDouble.empty();
    }
  }

  record Activate(Activation function) implements Op {}

  /** {@code x > 0 ? x : slope * x}; the slope is one number, or one a channel. */
  record Prelu(Recipe slope) implements Op {}

  /**
   * Max or average under a window. Padding counts as minus infinity for max; for an average it is
   * zero and counted when {@code countPadding}.
   */
  record Pool(Reduction reduction, Window window, boolean ceil, boolean countPadding)
      implements Op {}

  /** Max or average over all pixels: {@code [c, h, w]} to {@code [c]}. */
  record GlobalPool(Reduction reduction) implements Op {}

  enum Reduction {
    MAX,
    AVERAGE
  }

  /** Two inputs or more of one shape. */
  record Add() implements Op {}

  /** Two inputs or more; those of one pixel are repeated over all pixels. */
  record Multiply() implements Op {}

  /** The average of two inputs or more of one shape. */
  record Mean() implements Op {}

  /** Joins channels, in the order of the inputs. */
  record Concat() implements Op {}

  /** Channels {@code from} up to, not including, {@code to}. */
  record Slice(int from, int to) implements Op {}

  /** A vector of all elements in the order channels, rows, columns. */
  record Flatten() implements Op {}

  /** Over channels, for every pixel. */
  record Softmax(boolean logarithm) implements Op {}

  /** {@code x / (k + alpha / size * sum of squares over size neighbouring channels) ^ beta}. */
  record LocalResponseNorm(int size, double alpha, double beta, double k) implements Op {}

  /** Does nothing at inference. */
  record Dropout() implements Op {}

  /** Zeros around channels and pixels. */
  record Pad(int channelsBefore, int channelsAfter, Padding pixels) implements Op {}

  /** Every pixel becomes {@code height} by {@code width} equal ones. */
  record Upsample(int height, int width) implements Op {}
}
