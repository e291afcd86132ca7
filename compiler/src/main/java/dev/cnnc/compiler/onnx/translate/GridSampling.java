package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.onnx.Onnx.DataType;
import java.util.List;
import java.util.Map;

/**
 * Imports GridSample: the places of its grid become pixels by arithmetic, in which edges and
 * mirrors are arithmetic too, and one op reads the picture there.
 *
 * @param aligned whether -1 and 1 are the middles of the outer pixels, not their edges
 */
record GridSampling(Call call, Spelling it, int width, int height, boolean aligned) {

  /** Of a column and of a row. */
  @FunctionalInterface
  private interface Side {
    double of(int pixels);
  }

  static Map<String, Translator> all() {
    return Map.of("GridSample", Translator.of(GridSampling::translate));
  }

  private static View translate(Call call) throws Refusal {
    View x = call.view(0);
    View grid = call.view(1);
    if (x.rank() != 4 || grid.rank() != 4) {
      throw new Refusal(
          "samples a tensor of %s dimensions by a grid of %s".formatted(x.rank(), grid.rank()),
          "pictures have 4, and so have their grids");
    }
    if (x.size(0) != 1 || grid.size(0) != 1) {
      throw new Refusal(
          "has a batch of " + Math.max(x.size(0), grid.size(0)) + ": networks take one picture",
          "export the model with a batch of 1, or give --input-shape");
    }
    if (grid.size(3) != 2) {
      throw new Refusal(
          "has a grid of shape " + grid.sizes(), "its last dimension has the column and the row");
    }
    Arrangement picture = Arrangement.picture(4);
    Arrangement places = new Arrangement(List.of(3), List.of(1), List.of(2));
    View from = call.layouts().arranged(x, picture, call.name());
    GridSampling sampling =
        new GridSampling(
            call, new Spelling(call), x.size(3), x.size(2), call.flag("align_corners"));
    View at = sampling.places(call.layouts().arranged(grid, places, call.name()));
    int node = call.draft().add(call.name(), new Computation.Sample(), from.node(), at.node());
    return View.of(node, picture, List.of(1, x.size(1), grid.size(1), grid.size(2)));
  }

  /** The nearest pixel is chosen before it is mirrored, and what a mirror rounds is mended. */
  private View places(View grid) throws Refusal {
    boolean nearest =
        switch (call.text("mode", "linear")) {
          case "linear", "bilinear" -> false;
          case "nearest" -> true;
          default ->
              throw new Refusal(
                  "has the mode %s".formatted(call.text("mode", "")),
                  "export with mode='bilinear' or 'nearest'");
        };
    View pixels =
        aligned
            ? scaled(grid, side -> (side - 1) / 2.0, side -> (side - 1) / 2.0)
            : scaled(grid, side -> side / 2.0, side -> (side - 1) / 2.0);
    View rounded = nearest ? it.apply(pixels, Elementary.ROUND) : pixels;
    View inside =
        switch (call.text("padding_mode", "zeros")) {
          case "zeros" -> rounded;
          case "border" -> bounded(rounded);
          case "reflection" -> aligned ? mirrored(rounded) : bounded(mirrored(rounded));
          default ->
              throw new Refusal(
                  "has the padding %s".formatted(call.text("padding_mode", "")),
                  "export with padding_mode='zeros', 'border' or 'reflection'");
        };
    return nearest && !inside.equals(rounded) ? it.apply(inside, Elementary.ROUND) : inside;
  }

  /** At least 0 and at most the last pixel: as parts of that, which one function can bound. */
  private View bounded(View pixels) throws Refusal {
    View parts = scaled(pixels, side -> part(side - 1), _ -> 0);
    return scaled(it.apply(parts, new Activation.Clip(0, 1)), side -> side - 1, _ -> 0);
  }

  /** How often the picture and its mirror were passed, without what is whole of it. */
  private View mirrored(View pixels) throws Refusal {
    double least = aligned ? 0 : -0.5;
    Side length = side -> aligned ? side - 1 : side;
    View turns =
        scaled(
            pixels, side -> part(length.of(side)) / 2, side -> -least * part(length.of(side)) / 2);
    View rest = it.combine(Operator.SUB, turns, it.apply(turns, Elementary.FLOOR));
    View middle = it.apply(it.linear(rest, 1, -0.5), Elementary.ABS);
    return scaled(it.linear(middle, -1, 0.5), side -> 2 * length.of(side), _ -> least);
  }

  /** A side of one pixel has one place. */
  private static double part(double length) {
    return length == 0 ? 0 : 1 / length;
  }

  private View scaled(View places, Side factor, Side shift) throws Refusal {
    if (width == height) {
      return it.linear(places, factor.of(width), shift.of(width));
    }
    LayerPlan plan =
        tensors ->
            new Op.Scale(
                tensors.keep(".weight", List.of(2), both(factor)),
                tensors.keep(".bias", List.of(2), both(shift)));
    return places.with(call.draft().add(call.name(), plan, places.node()));
  }

  private Constant both(Side side) {
    return Constant.of(List.of(2), DataType.DOUBLE, side.of(width), side.of(height));
  }
}
