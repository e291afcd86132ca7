package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.plan.kernel.Depthwise;
import dev.cnnc.compiler.plan.kernel.Fc;
import dev.cnnc.compiler.plan.kernel.GroupedConv;
import dev.cnnc.compiler.plan.kernel.GroupedStrips;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.plan.kernel.PlanarConv;
import dev.cnnc.compiler.plan.kernel.Prologue;
import dev.cnnc.compiler.plan.kernel.Reading;
import dev.cnnc.compiler.plan.kernel.StripConv;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import dev.cnnc.compiler.plan.kernel.Winograd;
import dev.cnnc.compiler.plan.kernel.WinogradConv;
import dev.cnnc.runtime.weights.Layout;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The kernels that are offered for convs. A faster kernel for some layers is one more line of the
 * list, with its reason.
 */
final class Offers {
  private Offers() {}

  /**
   * In order: the first that is the best wherever it fits, or that costs less than the last, is
   * taken. The last four exclude each other, and one of them always fits.
   */
  private static final List<Function<ConvLayer, Optional<Offer>>> ALL =
      List.of(
          // Few outputs fill no vector; pixels of a row do. Planar values are planned as a whole.
          Offers::planar,
          // A strided stem of few channels is one of many channels without a stride.
          Offers::spaceToDepth,
          // Pixels of a row share what they read of few planar channels.
          Offers::strips,
          // Fewer multiplications, for more weights and more rounding.
          Offers::winograd,
          // One filter a channel needs no sum over channels.
          Offers::depthwise,
          // Pixels of a row share what they read of a group.
          Offers::groupedStrips,
          // Any other groups, in blocks of 16 outputs.
          Offers::grouped,
          // One output pixel: weights are read once.
          Offers::fc,
          Offers::tiles);

  /** What fits a conv, in the order of preference. */
  static List<Offer> of(ConvLayer layer) {
    return ALL.stream().flatMap(offer -> offer.apply(layer).stream()).toList();
  }

  private static Optional<Offer> planar(ConvLayer layer) {
    return layer.writesPlanar()
        ? Optional.of(
            Offer.always(
                PlanarConv.of(layer.conv(), layer.output()),
                panels(layer, Tile.Use.CONV, layer.input().channels(), layer.taps())))
        : Optional.empty();
  }

  private static Optional<Offer> spaceToDepth(ConvLayer layer) {
    return layer.exact() || layer.writesPlanar()
        ? Optional.empty()
        : SpaceToDepthConv.of(layer.conv(), layer.input(), layer.output())
            .map(
                squares -> {
                  Recipe weights = squares.weights(layer.conv());
                  Offer conv =
                      winograd(layer, squares.winograd(), squares.squares().channels(), weights);
                  return new Offer(
                      conv.kernel(),
                      conv.wants(),
                      Optional.of(squares),
                      OptionalDouble.of(squares.cost(layer.output())));
                });
  }

  private static Optional<Offer> strips(ConvLayer layer) {
    return layer.readsPlanar() && StripConv.fits(layer.conv(), layer.input(), layer.output())
        ? Optional.of(
            Offer.always(
                StripConv.of(layer.conv(), layer.output()),
                panels(layer, Tile.Use.CONV, layer.input().channels() * layer.taps(), 1)))
        : Optional.empty();
  }

  private static Optional<Offer> winograd(ConvLayer layer) {
    int channels = layer.input().channels();
    return layer.exact()
        ? Optional.empty()
        : Winograd.of(layer.conv(), layer.input(), layer.output())
            .map(one -> winograd(layer, one, channels, one.weights(layer.conv().weight())));
  }

  private static Offer winograd(ConvLayer layer, Winograd one, int channels, Recipe weights) {
    int filters = layer.conv().filters();
    Kernel kernel =
        new WinogradConv(
            one.rows(),
            one.columns(),
            one.block(channels, layer.output()),
            one.tiles(layer.output()) <= Kernel.UNIT,
            one.window(),
            layer.conv().epilogue());
    Layout.Panels layout = new Layout.Panels(Tile.Use.CONV, filters, channels, one.weights());
    return Offer.at(
        one.cost(channels, layer.output()),
        kernel,
        List.of(
            new Want(layout, weights),
            // Behind the bias lie zeros, from which all products but one start.
            Want.bias(layer.conv().bias(), filters, Tile.padded(filters) + 64)));
  }

  private static Optional<Offer> depthwise(ConvLayer layer) {
    Op.Conv conv = layer.conv();
    return conv.isDepthwise()
        ? Optional.of(
            Offer.always(
                Depthwise.of(conv, layer.output()),
                List.of(
                    new Want(new Layout.ChannelsLast(conv.filters(), layer.taps()), conv.weight()),
                    Want.bias(conv.bias(), conv.filters()))))
        : Optional.empty();
  }

  private static Optional<Offer> groupedStrips(ConvLayer layer) {
    return layer.conv().groups() > 1
            && !layer.conv().isDepthwise()
            && GroupedStrips.fit(layer.conv(), layer.input(), layer.output())
        ? Optional.of(
            Offer.always(
                GroupedStrips.of(layer.conv(), layer.input(), layer.output()),
                panels(layer, Tile.Use.GROUPED_CONV, layer.group(), layer.taps())))
        : Optional.empty();
  }

  private static Optional<Offer> grouped(ConvLayer layer) {
    Op.Conv conv = layer.conv();
    if (conv.groups() == 1 || conv.isDepthwise()) {
      return Optional.empty();
    }
    Layout.Groups layout =
        new Layout.Groups(conv.filters(), layer.input().channels(), conv.groups(), layer.taps());
    return Optional.of(
        Offer.always(
            GroupedConv.of(conv, layout.span(), layer.output()),
            List.of(new Want(layout, conv.weight()), Want.bias(conv.bias(), conv.filters()))));
  }

  private static Optional<Offer> fc(ConvLayer layer) {
    Op.Conv conv = layer.conv();
    return conv.groups() == 1
            && !conv.isDepthwise()
            && Fc.seesAll(conv, layer.input(), layer.output())
        ? Optional.of(
            fc(
                conv.weight(),
                conv.bias(),
                conv.filters(),
                layer.input(),
                layer.storage(),
                conv.epilogue()))
        : Optional.empty();
  }

  /** In 16 bits only what is stored so: the product of two tensors is not rounded a second time. */
  static Offer fc(
      Recipe weight,
      Optional<Recipe> bias,
      int outputs,
      Shape input,
      Storage storage,
      Epilogue epilogue) {
    boolean stored =
        weight instanceof Recipe.Stored
            || (weight instanceof Recipe.Reshaped(Recipe of, var _) && of instanceof Recipe.Stored);
    if (storage == Storage.F32 || !stored) {
      return Offer.always(
          new Fc(Storage.F32, epilogue),
          Want.panels(Tile.Use.FC, outputs, input.channels(), input.pixels(), weight, bias));
    }
    int padded = Math.ceilDiv(outputs, Layout.Halves.OUTPUTS) * Layout.Halves.OUTPUTS;
    return Offer.always(
        new Fc(storage, epilogue),
        List.of(
            new Want(new Layout.Halves(storage, outputs, input.channels(), input.pixels()), weight),
            Want.bias(bias, outputs, padded)));
  }

  private static Optional<Offer> tiles(ConvLayer layer) {
    Op.Conv conv = layer.conv();
    if (conv.groups() > 1 || conv.isDepthwise()) {
      return Optional.empty();
    }
    Reading reading = Reading.of(conv, layer.input(), layer.output());
    return Optional.of(
        Offer.at(
            Winograd.plain(conv, layer.input(), layer.output()),
            TiledConv.of(conv, reading, new Prologue.None(), layer.input(), layer.output()),
            panels(layer, reading.use(), layer.input().channels(), layer.taps())));
  }

  private static List<Want> panels(ConvLayer layer, Tile.Use use, int channels, int taps) {
    Op.Conv conv = layer.conv();
    return Want.panels(use, conv.filters(), channels, taps, conv.weight(), conv.bias());
  }
}
