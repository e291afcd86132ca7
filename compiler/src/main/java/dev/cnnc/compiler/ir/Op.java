package dev.cnnc.compiler.ir;

import dev.cnnc.runtime.weights.Recipe;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Every operation there is. Inputs are the node's, parameters are recipes over stored tensors.
 *
 * <p>Shapes of the parameters are PyTorch's: conv {@code [out, in / groups, height, width]}, fc
 * {@code [out, in]} with the input read in the order channels, rows, columns. An fc that acts on
 * every pixel is a conv of one pixel whose weight is {@code [out, in]}.
 */
public sealed interface Op
    permits Op.Source,
        Op.Weighted,
        Op.OneInput,
        Op.ManyInputs,
        Op.Elementwise,
        Op.Parameterless,
        Computation,
        Rearrangement {

  /** How many inputs it takes, of which the node has {@code given}. */
  int inputs(int given);

  /** What the language, comments and reports call it: {@code conv}, {@code maxpool}. */
  default String word() {
    return OpWord.of(this);
  }

  /** No inputs. */
  sealed interface Source extends Op {
    @Override
    default int inputs(int given) {
      return 0;
    }
  }

  /** One input, which in the language flows in. */
  sealed interface OneInput extends Op {
    @Override
    default int inputs(int given) {
      return 1;
    }
  }

  /** Two inputs or more, which the language writes as arguments. */
  sealed interface ManyInputs extends Op {
    @Override
    default int inputs(int given) {
      return Math.max(2, given);
    }
  }

  /** Element i of the output depends on element i of each input and nothing else. */
  sealed interface Elementwise extends Op {}

  /** No learned tensors. */
  sealed interface Parameterless extends Op {}

  /** Brings elements to other places, and computes nothing. */
  sealed interface Moves extends Parameterless {}

  /** The picture. */
  record Input() implements Source, Parameterless {}

  /** A learned tensor that is a value itself, {@code [channels, height, width]}. */
  record Learned(Recipe tensor) implements Source {}

  /** Conv and fc alike: rows of weights make one sum each, then comes the epilogue. */
  sealed interface Weighted extends Op {
    @Override
    default int inputs(int given) {
      return epilogue().residual() ? 2 : 1;
    }

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
    /** Whether files call it fc: an fc for every pixel. */
    public boolean isFc() {
      return weight.shape().size() == 2;
    }

    /** Whether every channel has a filter of its own, and one. */
    public boolean isDepthwise() {
      return groups == filters && weight.shape().get(1) == 1;
    }

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
      implements OneInput, Elementwise {}

  /** The same of each pixel by itself: mean and variance are those of its channels. */
  record LayerNorm(Recipe weight, Recipe bias, double epsilon) implements OneInput {}

  /**
   * {@code function(x * factor + shift)}, by channel: what is left of a batch norm that could not
   * fold, and of the activation behind it; or a learned factor.
   */
  record Scale(Recipe factor, Recipe shift, Activation function) implements OneInput, Elementwise {
    public Scale(Recipe factor, Recipe shift) {
      this(factor, shift, new Activation.Identity());
    }

    /** Whether it does nothing but to scale and shift. */
    public boolean isBare() {
      return function instanceof Activation.Identity;
    }

    /** The one number that a file multiplies by; empty if it has tensors. */
    public OptionalDouble constant() {
      return factor instanceof Recipe.Filled(double by, _)
              && shift instanceof Recipe.Filled(double plus, _)
              && plus == 0
          ? OptionalDouble.of(by)
          : OptionalDouble.empty();
    }
  }

  record Activate(Activation function) implements OneInput, Elementwise, Parameterless {}

  /** {@code x > 0 ? x : slope * x}; the slope is one number, or one a channel. */
  record Prelu(Recipe slope) implements OneInput, Elementwise {}

  /**
   * Max or average under a window. Padding counts as minus infinity for max; for an average it is
   * zero and counted when {@code countPadding}.
   */
  record Pool(Reduction reduction, Window window, boolean ceil, boolean countPadding)
      implements OneInput, Parameterless {}

  /** Max or average over all pixels: {@code [c, h, w]} to {@code [c]}. */
  record GlobalPool(Reduction reduction) implements OneInput, Parameterless {}

  enum Reduction {
    MAX,
    AVERAGE
  }

  /** Two inputs or more of one shape. */
  record Add() implements ManyInputs, Elementwise, Parameterless {}

  /** Two inputs or more; those of one pixel are repeated over all pixels. */
  record Multiply() implements ManyInputs, Elementwise, Parameterless {}

  /** The average of two inputs or more of one shape. */
  record Mean() implements ManyInputs, Elementwise, Parameterless {}

  /** Joins channels, in the order of the inputs. */
  record Concat() implements ManyInputs, Moves {}

  /** Channels {@code from} up to, not including, {@code to}. */
  record Slice(int from, int to) implements OneInput, Moves {}

  /**
   * Channels dealt out like cards: {@code i * groups + j} of the output is {@code j * channels /
   * groups + i} of the input.
   */
  record Shuffle(int groups) implements OneInput, Moves {}

  /** {@code height} rows from {@code top} on, {@code width} columns from {@code left} on. */
  record Crop(int top, int left, int height, int width) implements OneInput, Moves {}

  /** One row of all pixels: of the first input row by row, then of the next. One input will do. */
  record Tokens() implements ManyInputs, Moves {
    @Override
    public int inputs(int given) {
      return Math.max(1, given);
    }
  }

  /**
   * What every pixel finds when it looks at all: {@code softmax(q k / sqrt(c)) v} for each head.
   * The channels are those of all queries, of all keys, of all values; in each a head has c in a
   * row.
   */
  record Attention(int heads) implements OneInput, Parameterless {}

  /** A vector of all elements in the order channels, rows, columns. */
  record Flatten() implements OneInput, Moves {}

  /** Over channels, for every pixel. */
  record Softmax(boolean logarithm) implements OneInput, Parameterless {}

  /** {@code x / (k + alpha / size * sum of squares over size neighbouring channels) ^ beta}. */
  record LocalResponseNorm(int size, double alpha, double beta, double k)
      implements OneInput, Parameterless {}

  /** Does nothing at inference. */
  record Dropout() implements OneInput, Moves {}

  /** Zeros around channels and pixels. */
  record Pad(int channelsBefore, int channelsAfter, Padding pixels) implements OneInput, Moves {}

  /** Every pixel becomes {@code height} by {@code width} equal ones. */
  record Upsample(int height, int width) implements OneInput, Moves {}
}
