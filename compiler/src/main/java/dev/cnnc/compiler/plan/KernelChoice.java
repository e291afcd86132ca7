package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Axes;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Layout;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kernels that compute one node, and the tensors each wants packed. A faster kernel for some
 * layers is one more arm here.
 */
record KernelChoice(Kernel kernel, List<Want> wants) {

  /** A tensor in the order a kernel reads it. */
  record Want(Layout layout, Recipe recipe) {}

  /**
   * The kernel for a node that is one step. Concat, tokens, pad and sums of many inputs are several
   * steps, slices and the input none: {@link Schedule} sees to those.
   */
  static KernelChoice of(Node node, Shape input, Network network) {
    int channels = node.shape().channels();
    return switch (node.op()) {
      case Op.Conv conv ->
          Winograd.of(conv, input, node.shape(), network.exact())
              .map(
                  winograd ->
                      winograd(
                          winograd,
                          input.channels(),
                          winograd.weights(conv.weight()),
                          conv,
                          node.shape()))
              .orElseGet(
                  () ->
                      Strassen.pays(conv, input, node.shape(), network.exact())
                          ? strassen(conv, input)
                          : conv(conv, input, node.shape(), network.storage()));
      case Op.Fc(int outputs, Recipe weight, Optional<Recipe> bias, var epilogue) ->
          fc(weight, bias, outputs, input, network.storage(), epilogue);
      case Op.LayerNorm(Recipe weight, Recipe bias, double epsilon) ->
          new KernelChoice(
              new Kernel.LayerNorm(epsilon),
              List.of(byChannel(weight, channels), byChannel(bias, channels)));
      case Op.Scale(Recipe factor, Recipe shift, var function) ->
          new KernelChoice(
              new Kernel.Scale(function),
              List.of(byChannel(factor, channels), byChannel(shift, channels)));
      case Op.Prelu(Recipe slope) ->
          new KernelChoice(new Kernel.Prelu(), List.of(byChannel(slope, channels)));
      case Op.Learned(Recipe tensor) ->
          new KernelChoice(
              new Kernel.Learned(),
              List.of(new Want(new Layout.ChannelsLast(channels, node.shape().pixels()), tensor)));
      case Op.Activate(var function) -> plain(new Kernel.Pointwise(function));
      case Op.Pool(var reduction, Window window, boolean _, boolean countPadding) ->
          plain(new Kernel.Pool(reduction, window, countPadding));
      case Op.GlobalPool(var reduction) ->
          plain(new Kernel.Pool(reduction, Window.of(input.height(), input.width()), false));
      case Op.Multiply() -> plain(new Kernel.Multiply());
      case Op.Shuffle(int groups) -> plain(new Kernel.Shuffle(groups));
      case Op.Crop(int top, int left, int _, int _) -> plain(new Kernel.Crop(top, left));
      case Op.Attention(int heads) -> plain(new Kernel.Attention(heads));
      case Op.Flatten() -> plain(new Kernel.Flatten());
      case Op.Softmax(boolean logarithm) -> plain(new Kernel.Softmax(logarithm));
      case Op.LocalResponseNorm(int size, double alpha, double beta, double k) ->
          plain(new Kernel.LocalResponseNorm(size, alpha, beta, k));
      case Op.Upsample(int height, int width) -> plain(new Kernel.Upsample(height, width));
      case Computation.MatMul() -> plain(new GeneralKernel.MatMul());
      case Computation.Reduce(var reducer, Axes axes) ->
          plain(new GeneralKernel.Reduce(reducer, axes.channels()));
      case Computation.ConvTranspose conv -> transposed(conv, input);
      case Computation.GroupNorm norm ->
          new KernelChoice(
              GeneralKernel.GroupNorm.of(norm, channels),
              List.of(byChannel(norm.weight(), channels), byChannel(norm.bias(), channels)));
      case Rearrangement.Take take -> plain(GeneralKernel.Walk.taken(take));
      case Rearrangement.Border border ->
          plain(
              new GeneralKernel.Resample(
                  border.rows(input), border.columns(input), border.value()));
      case Rearrangement.Resize resize ->
          plain(
              new GeneralKernel.Resample(
                  resize.rowTaps(input), resize.columnTaps(input), resize.how().outside()));
      case Rearrangement.PixelShuffle(int factor) ->
          plain(new GeneralKernel.PixelShuffle(factor, false));
      case Rearrangement.PixelUnshuffle(int factor) ->
          plain(new GeneralKernel.PixelShuffle(factor, true));
      case Rearrangement.Reshape _ ->
          plain(new GeneralKernel.Reshape(input.channels() == channels));
      case Rearrangement.Permute(var order) -> plain(GeneralKernel.Walk.permuted(order));
      case Op.Dropout() -> plain(new Kernel.Copy(0, 0, 0));
      case Op.Input _,
          Op.Slice _,
          Op.Concat _,
          Op.Tokens _,
          Op.Pad _,
          Op.Add _,
          Op.Mean _,
          Op.BatchNorm _,
          Computation.Combine _ ->
          throw new IllegalArgumentException(node.name() + " is not one step: " + node.op());
    };
  }

  /** In 16 bits only what is stored so: the product of two tensors is not rounded a second time. */
  private static KernelChoice fc(
      Recipe weight,
      Optional<Recipe> bias,
      int outputs,
      Shape input,
      Storage storage,
      Epilogue epilogue) {
    boolean stored =
        weight instanceof Recipe.Stored
            || (weight instanceof Recipe.Reshaped(Recipe of, var _) && of instanceof Recipe.Stored);
    return storage != Storage.F32 && stored
        ? new KernelChoice(
            new Kernel.FcOfHalves(storage, epilogue),
            List.of(
                new Want(
                    new Layout.Halves(storage, outputs, input.channels(), input.pixels()), weight),
                bias(bias, outputs, Layout.Halves.OUTPUTS)))
        : new KernelChoice(
            new Kernel.Fc(epilogue),
            List.of(
                new Want(
                    new Layout.Panels(Tile.Use.FC, outputs, input.channels(), input.pixels()),
                    weight),
                bias(bias, outputs)));
  }

  /** Whether a conv is an fc: its only window is the whole picture. */
  static boolean seesAll(Op.Conv conv, Shape input, Shape output) {
    Window window = conv.window();
    return window.height() == input.height()
        && window.width() == input.width()
        && window.padding().equals(Padding.NONE)
        && output.isVector();
  }

  private static KernelChoice conv(Op.Conv conv, Shape input, Shape output, Storage storage) {
    Window window = conv.window();
    int taps = conv.window().taps();
    Want bias = bias(conv.bias(), conv.filters());
    if (conv.isDepthwise()) {
      boolean strips = output.width() >= Kernel.Depthwise.STRIP && window.dilationWidth() == 1;
      return new KernelChoice(
          new Kernel.Depthwise(window, strips, conv.epilogue()),
          List.of(new Want(new Layout.ChannelsLast(conv.filters(), taps), conv.weight()), bias));
    }
    if (conv.groups() > 1 && Kernel.GroupedStrips.fit(conv, input, output)) {
      int size = input.channels() / conv.groups();
      return new KernelChoice(
          Kernel.GroupedStrips.of(conv, input, output),
          List.of(
              new Want(
                  new Layout.Panels(Tile.Use.GROUPED_CONV, conv.filters(), size, taps),
                  conv.weight()),
              bias));
    }
    if (conv.groups() > 1) {
      Layout.Groups layout =
          new Layout.Groups(conv.filters(), input.channels(), conv.groups(), taps);
      return new KernelChoice(
          Kernel.GroupedConv.of(conv, layout.span(), output),
          List.of(new Want(layout, conv.weight()), bias));
    }
    return seesAll(conv, input, output)
        ? fc(conv.weight(), conv.bias(), conv.filters(), input, storage, conv.epilogue())
        : tiled(conv, input, Reading.of(conv, input, output));
  }

  private static KernelChoice tiled(Op.Conv conv, Shape input, Reading reading) {
    return new KernelChoice(
        new Kernel.Conv(conv.window(), reading, conv.epilogue()),
        wants(conv, reading.use(), input.channels(), conv.window().taps()));
  }

  private static List<Want> wants(Op.Conv conv, Tile.Use use, int channels, int taps) {
    return List.of(
        new Want(new Layout.Panels(use, conv.filters(), channels, taps), conv.weight()),
        bias(conv.bias(), conv.filters()));
  }

  /** Of {@code [in, out, height, width]} the inputs go last, and the layout puts outputs behind. */
  private static KernelChoice transposed(Computation.ConvTranspose conv, Shape input) {
    Window window = conv.window();
    int outputs = conv.filters() / conv.groups();
    Recipe outputsFirst = conv.weight();
    for (int axis = 0; axis < 3; axis++) {
      outputsFirst = new Recipe.Transposed(outputsFirst, axis);
    }
    int rows = Math.multiplyExact(window.taps(), input.channels());
    return new KernelChoice(
        new GeneralKernel.ConvTranspose(window, conv.groups()),
        List.of(
            new Want(new Layout.ChannelsLast(outputs, rows), outputsFirst),
            bias(conv.bias(), conv.filters())));
  }

  /** The kernel for a conv that reads a planar value strip by strip, and its channels in order. */
  static KernelChoice ofStrips(Op.Conv conv, Shape input, Shape output) {
    return new KernelChoice(
        Kernel.StripConv.of(conv, output),
        wants(conv, Tile.Use.CONV, input.channels() * conv.window().taps(), 1));
  }

  /** The kernel for a conv or pool that reads and writes planar values. */
  static KernelChoice ofPlanar(Node node, Shape input) {
    if (node.op() instanceof Op.Conv conv) {
      return new KernelChoice(
          Kernel.PlanarConv.of(conv, node.shape()),
          wants(conv, Tile.Use.CONV, input.channels(), conv.window().taps()));
    }
    Op.Pool pool = (Op.Pool) node.op();
    return plain(new Kernel.PlanarPool(pool.reduction(), pool.window()));
  }

  /** The kernel for a conv of one pixel that scales what it reads. */
  static KernelChoice ofScaled(Op.Conv conv, Node scale, Network network) {
    KernelChoice plain = tiled(conv, scale.shape(), Reading.RUNS);
    KernelChoice before = of(scale, scale.shape(), network);
    return new KernelChoice(
        new Kernel.ScaledConv(conv.window(), ((Op.Scale) scale.op()).function(), conv.epilogue()),
        Stream.concat(plain.wants().stream(), before.wants().stream()).toList());
  }

  /** The kernel for a conv of one pixel that multiplies what it reads by one number a channel. */
  static KernelChoice ofGated(Op.Conv conv, Shape input) {
    return new KernelChoice(
        new Kernel.GatedConv(conv.window(), conv.epilogue()),
        wants(conv, Tile.Use.CONV, input.channels(), 1));
  }

  /** The kernel for a conv that reads squares of its picture. */
  static KernelChoice ofSquares(SpaceToDepth squares, Op.Conv conv, Shape output) {
    return winograd(
        squares.winograd(), squares.squares().channels(), squares.weights(conv), conv, output);
  }

  private static KernelChoice winograd(
      Winograd winograd, int channels, Recipe weights, Op.Conv conv, Shape output) {
    int padded = Tile.padded(conv.filters());
    return new KernelChoice(
        new Kernel.WinogradConv(
            winograd.rows(),
            winograd.columns(),
            winograd.block(channels, output),
            winograd.tiles(output) <= Kernel.UNIT,
            winograd.window(),
            conv.epilogue()),
        List.of(
            new Want(
                new Layout.Panels(Tile.Use.CONV, conv.filters(), channels, winograd.weights()),
                weights),
            // Behind the bias lie zeros, from which all products but one start.
            new Want(
                new Layout.Channels(conv.filters(), padded + 64),
                orZeros(conv.bias(), conv.filters()))));
  }

  private static KernelChoice strassen(Op.Conv conv, Shape input) {
    int half = conv.filters() / 2;
    return new KernelChoice(
        new Kernel.StrassenConv(conv.window(), conv.epilogue()),
        List.of(
            new Want(
                new Layout.Panels(Tile.Use.CONV, half, input.channels() / 2, 7),
                new Recipe.Strassen(conv.weight())),
            bias(conv.bias(), conv.filters())));
  }

  private static KernelChoice plain(Kernel kernel) {
    return new KernelChoice(kernel, List.of());
  }

  private static Want bias(Optional<Recipe> bias, int outputs) {
    return byChannel(orZeros(bias, outputs), outputs);
  }

  /** With zeros behind it, for kernels whose panels are wider than 16 outputs. */
  private static Want bias(Optional<Recipe> bias, int outputs, int multiple) {
    return new Want(
        new Layout.Channels(outputs, Math.ceilDiv(outputs, multiple) * multiple),
        orZeros(bias, outputs));
  }

  private static Recipe orZeros(Optional<Recipe> bias, int outputs) {
    return bias.orElseGet(() -> new Recipe.Filled(0, List.of(outputs)));
  }

  private static Want byChannel(Recipe recipe, int channels) {
    return new Want(new Layout.Channels(channels, Tile.padded(channels)), each(recipe, channels));
  }

  /** One number for all channels is repeated. */
  private static Recipe each(Recipe recipe, int channels) {
    return recipe.shape().getFirst() == 1 && channels > 1
        ? new Recipe.Product(new Recipe.Filled(1, List.of(channels, 1)), recipe)
        : recipe;
  }
}
