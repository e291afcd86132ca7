package dev.cnnc.compiler.verify;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.runtime.weights.Evaluator;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How far each channel of a layer may lie from the reference: the errors of its inputs, as far as
 * the layer's own numbers enlarge or shrink them, and the roundings of the layer. One bound for all
 * channels would hide a fault in a channel of small numbers behind another of large ones, and that
 * of a conv whose sums are small behind its large inputs.
 *
 * <p>Layers whose slope has no bound are unknown; {@link Alone} has a bound for these.
 */
record ChannelErrors(Network network, Evaluator evaluator) {

  /** The steepest slope of silu, gelu and hardswish is smaller. */
  private static final double STEEP = 1.5;

  private static final double SIGMOID_SLOPE = 0.25;

  /** A softmax divides by a sum of all: of 6,625 terms it errs by 1e-6. */
  private static final double MANY_TERMS = 8;

  /**
   * The errors of the output's channels, which are infinite if they are unknown.
   *
   * @param relative the layer's own tolerance
   */
  double[] of(Node node, double relative, List<Channels> inputs, Channels output) {
    int count = output.count();
    if (inputs.isEmpty() || !inputs.stream().allMatch(Channels::isKnown)) {
      return unknown(count);
    }
    Channels in = inputs.getFirst();
    boolean same = inputs.stream().allMatch(each -> each.count() == count);
    return switch (node.op()) {
      case Op.Conv conv when isPlain(conv) ->
          sums(conv.weight(), conv.bias(), conv.groups(), in, relative);
      case Op.Fc fc when isPlain(fc) -> sums(fc.weight(), fc.bias(), 1, in, relative);
      case Op.BatchNorm norm -> batchNorm(norm, in, relative);
      case Op.Scale(Recipe factor, Recipe shift, Activation function) ->
          function(function, scaled(all(factor), all(shift), in, relative), output, relative);
      case Op.Activate(Activation.Linear(double factor, double shift)) ->
          scaled(each(count, _ -> factor), each(count, _ -> shift), in, relative).error();
      case Op.Activate(Activation function) -> function(function, in, output, relative);
      case Op.Add _, Op.Mean _ when same ->
          each(
              count,
              channel -> {
                double error = 0;
                double largest = output.largest()[channel];
                for (Channels input : inputs) {
                  error += input.error()[channel];
                  largest = Math.max(largest, input.largest()[channel]);
                }
                return error + relative * floor(largest);
              });
      case Op.Concat _ ->
          inputs.stream().flatMapToDouble(it -> Arrays.stream(it.error())).toArray();
      case Op.Slice(int from, int to) -> Arrays.copyOfRange(in.error(), from, to);
      case Op.Pool _, Op.GlobalPool _, Op.Crop _, Op.Pad _, Op.Upsample _, Op.Dropout _ when same ->
          each(count, channel -> in.error()[channel] + relative * floor(in.largest()[channel]));
      case Op.Flatten _ -> each(count, index -> in.error()[index / (count / in.count())]);
      case Op.Softmax(boolean logarithm) when !logarithm ->
          each(
              count,
              _ ->
                  Arrays.stream(in.error()).max().orElse(0)
                      + MANY_TERMS * relative * floor(output.most()));
      // NormErrors adds what the mean's rounding becomes.
      case Op.LayerNorm _, Computation.GroupNorm _ when in.isExact() ->
          each(count, _ -> relative * floor(output.most()));
      case Op.Source _,
          Op.Conv _,
          Op.Fc _,
          Op.LayerNorm _,
          Op.Prelu _,
          Op.Pool _,
          Op.GlobalPool _,
          Op.Add _,
          Op.Multiply _,
          Op.Mean _,
          Op.Shuffle _,
          Op.Crop _,
          Op.Tokens _,
          Op.Attention _,
          Op.Softmax _,
          Op.LocalResponseNorm _,
          Op.Dropout _,
          Op.Pad _,
          Op.Upsample _,
          Computation _,
          Rearrangement _ ->
          unknown(count);
    };
  }

  private static boolean isPlain(Op.Weighted layer) {
    return layer.epilogue().equals(Epilogue.NONE);
  }

  /** Each channel is a sum of products: as large as the magnitudes of its products together. */
  private double[] sums(
      Recipe weight, Optional<Recipe> bias, int groups, Channels in, double relative) {
    int count = weight.shape().getFirst();
    double[] added = bias.map(this::all).orElseGet(() -> new double[count]);
    Rows rows = evaluator.rows(weight);
    int read = in.count() / groups;
    double[] errors = new double[count];
    for (int channel = 0; channel < count; channel++) {
      double[] row = rows.row(channel);
      int taps = row.length / read;
      int first = channel / (count / groups) * read;
      double error = 0;
      double largest = Math.abs(added[channel]);
      for (int index = 0; index < row.length; index++) {
        int input = first + index / taps;
        error += Math.abs(row[index]) * in.error()[input];
        largest += Math.abs(row[index]) * in.largest()[input];
      }
      errors[channel] = error + relative * floor(largest);
    }
    return errors;
  }

  /** The mean is a part of the shift: what is left of both may be much smaller. */
  private double[] batchNorm(Op.BatchNorm norm, Channels in, double relative) {
    double[] weight = all(norm.weight());
    double[] bias = all(norm.bias());
    double[] mean = all(norm.mean());
    double[] variance = all(norm.variance());
    double[] shift = new double[weight.length];
    for (int channel = 0; channel < weight.length; channel++) {
      weight[channel] /= Math.sqrt(variance[channel] + norm.epsilon());
      shift[channel] = Math.abs(bias[channel]) + Math.abs(mean[channel] * weight[channel]);
    }
    return scaled(weight, shift, in, relative).error();
  }

  private static Channels scaled(double[] factor, double[] shift, Channels in, double relative) {
    double[] largest =
        each(
            factor.length,
            channel ->
                Math.abs(factor[channel]) * in.largest()[channel] + Math.abs(shift[channel]));
    return new Channels(
        largest,
        each(
            factor.length,
            channel ->
                Math.abs(factor[channel]) * in.error()[channel]
                    + relative * floor(largest[channel])));
  }

  private static double[] function(
      Activation function, Channels in, Channels output, double relative) {
    double slope =
        switch (function) {
          case Activation.Sigmoid _ -> SIGMOID_SLOPE;
          case Activation.Identity _,
              Activation.Relu _,
              Activation.Relu6 _,
              Activation.Clip _,
              Activation.Tanh _ ->
              1;
          case Activation.LeakyRelu(double negative) -> Math.max(1, Math.abs(negative));
          case Activation.Silu _, Activation.Gelu _, Activation.Hardswish _ -> STEEP;
          case Activation it -> Double.POSITIVE_INFINITY;
        };
    // A sigmoid near 0 is an exponential, which is as exact as it is small.
    boolean small = function instanceof Activation.Sigmoid;
    return slope == Double.POSITIVE_INFINITY
        ? unknown(output.count())
        : each(
            output.count(),
            channel ->
                slope * in.error()[channel]
                    + relative
                        * floor(
                            Math.max(
                                small ? 0 : in.largest()[channel], output.largest()[channel])));
  }

  /** All elements of a tensor of one number a channel. */
  private double[] all(Recipe recipe) {
    Rows rows = evaluator.rows(recipe);
    return each(recipe.shape().getFirst(), channel -> rows.row(channel)[0]);
  }

  /** Below it a float loses places, which is no fault. */
  static double floor(double magnitude) {
    return Math.max(magnitude, Float.MIN_NORMAL);
  }

  private static double[] each(int count, IntToDoubleFunction error) {
    return IntStream.range(0, count).mapToDouble(error).toArray();
  }

  private static double[] unknown(int count) {
    return each(count, _ -> Double.POSITIVE_INFINITY);
  }
}
