package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Axes;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.Attention;
import dev.cnnc.compiler.plan.kernel.ConvTranspose;
import dev.cnnc.compiler.plan.kernel.Flatten;
import dev.cnnc.compiler.plan.kernel.GroupNorm;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.plan.kernel.PlanarPool;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import dev.cnnc.compiler.plan.kernel.Walk;
import dev.cnnc.runtime.weights.Layout;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Storage;
import java.util.List;
import java.util.Optional;

/** The kernels of ops that have one kernel each. */
final class OnlyKernel {
  private OnlyKernel() {}

  /**
   * The kernel of a node other than a conv; none if it is no step or several.
   *
   * @param planar whether its value lies channel by channel
   * @param storage of weights in memory
   */
  static Optional<Choice> of(Node node, Shape input, boolean planar, Storage storage) {
    int channels = node.shape().channels();
    return switch (node.op()) {
      case Op.Fc(int outputs, Recipe weight, Optional<Recipe> bias, var epilogue) ->
          Optional.of(
              Choice.of(List.of(Offers.fc(weight, bias, outputs, input, storage, epilogue))));
      case Op.LayerNorm(Recipe weight, Recipe bias, double epsilon) ->
          of(
              new RowByRow.LayerNorm(epsilon),
              Want.byChannel(weight, channels),
              Want.byChannel(bias, channels));
      case Op.Scale(Recipe factor, Recipe shift, var function) ->
          of(
              new RowByRow.Scale(function),
              Want.byChannel(factor, channels),
              Want.byChannel(shift, channels));
      case Op.Prelu(Recipe slope) -> of(new RowByRow.Prelu(), Want.byChannel(slope, channels));
      case Op.Learned(Recipe tensor) ->
          of(
              new RowByRow.Learned(),
              new Want(new Layout.ChannelsLast(channels, node.shape().pixels()), tensor));
      case Op.Activate(var function) -> of(new RowByRow.Pointwise(function));
      case Op.Pool(var reduction, Window window, boolean _, boolean countPadding) ->
          of(
              planar
                  ? new PlanarPool(reduction, window)
                  : new RowByRow.Pool(reduction, window, countPadding));
      case Op.GlobalPool(var reduction) ->
          of(new RowByRow.Pool(reduction, Window.of(input.height(), input.width()), false));
      case Op.Shuffle(int groups) -> of(new RowByRow.Shuffle(groups));
      case Op.Crop(int top, int left, int _, int _) -> of(new RowByRow.Crop(top, left));
      case Op.Attention(int heads) -> of(new Attention(heads));
      case Op.Flatten() -> of(new Flatten());
      case Op.Softmax(boolean logarithm) -> of(new RowByRow.Softmax(logarithm));
      case Op.LocalResponseNorm(int size, double alpha, double beta, double k) ->
          of(new RowByRow.LocalResponseNorm(size, alpha, beta, k));
      case Op.Upsample(int height, int width) -> of(new RowByRow.Upsample(height, width));
      case Computation.MatMul() -> of(new RowByRow.MatMul());
      case Computation.Sample() -> of(new RowByRow.Sample());
      case Computation.Reduce(var reducer, Axes axes) ->
          of(new RowByRow.Reduce(reducer, axes.channels()));
      case Computation.ConvTranspose conv -> Optional.of(transposed(conv, input));
      case Computation.GroupNorm norm ->
          of(
              GroupNorm.of(norm, channels),
              Want.byChannel(norm.weight(), channels),
              Want.byChannel(norm.bias(), channels));
      case Rearrangement.Take take -> of(Walk.taken(take));
      case Rearrangement.Border border ->
          of(new RowByRow.Resample(border.rows(input), border.columns(input), border.value()));
      case Rearrangement.Resize resize ->
          of(
              new RowByRow.Resample(
                  resize.rowTaps(input), resize.columnTaps(input), resize.how().outside()));
      case Rearrangement.PixelShuffle(int factor) -> of(new RowByRow.PixelShuffle(factor, false));
      case Rearrangement.PixelUnshuffle(int factor) -> of(new RowByRow.PixelShuffle(factor, true));
      case Rearrangement.Reshape _ -> of(new RowByRow.Reshape(input.channels() == channels));
      case Rearrangement.Permute(var order) -> of(Walk.permuted(order));
      case Op.Dropout() -> of(new RowByRow.Copy(0, 0, 0));
      case Op.Conv _ -> throw new IllegalArgumentException(node.name() + " has several kernels");
      case Op.Input _,
          Op.Slice _,
          Op.Pad _,
          Op.BatchNorm _,
          Op.ManyInputs _,
          Computation.Combine _ ->
          Optional.empty();
    };
  }

  private static Optional<Choice> of(Kernel kernel, Want... wants) {
    return Optional.of(Choice.only(kernel, wants));
  }

  /** Turns PyTorch's [in, out, h, w] into [out, h, w, in]; outputs are then stored innermost. */
  private static Choice transposed(Computation.ConvTranspose conv, Shape input) {
    Window window = conv.window();
    int outputs = conv.filters() / conv.groups();
    Recipe outputsFirst = conv.weight();
    for (int axis = 0; axis < 3; axis++) {
      outputsFirst = new Recipe.Transposed(outputsFirst, axis);
    }
    int rows = Math.multiplyExact(window.taps(), input.channels());
    return Choice.only(
        new ConvTranspose(window, conv.groups()),
        new Want(new Layout.ChannelsLast(outputs, rows), outputsFirst),
        Want.bias(conv.bias(), conv.filters()));
  }
}
