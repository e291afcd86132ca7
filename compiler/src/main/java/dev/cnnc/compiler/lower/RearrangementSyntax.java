package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Interpolation;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Rearrangement.Side;
import dev.cnnc.dsl.Ast;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The part of {@link OpSyntax} for {@link Rearrangement}. */
record RearrangementSyntax(OpSyntax to) {

  void fill(Rearrangement op) {
    switch (op) {
      case Rearrangement.Reshape(int channels, int height, int width) ->
          to.plain(Syntax.list(channels, height, width));
      case Rearrangement.Permute(List<Integer> order) ->
          to.plain(Syntax.list(order.get(0), order.get(1), order.get(2)));
      case Rearrangement.PixelShuffle(int factor) -> to.plain(Syntax.number((long) factor));
      case Rearrangement.PixelUnshuffle(int factor) -> to.plain(Syntax.number((long) factor));
      case Rearrangement.Take(int axis, int from, int step, int count) -> {
        to.plain(Syntax.number((long) from));
        to.plain(Syntax.number(from + (long) count * step));
        to.count("axis", axis, 0);
        to.count("step", step, 1);
      }
      case Rearrangement.Border(Padding pixels, Rearrangement.Mode mode, double value) -> {
        to.plain(Syntax.list(pixels.top(), pixels.left(), pixels.bottom(), pixels.right()));
        word("mode", mode, Rearrangement.Mode.CONSTANT);
        to.real("value", value, 0);
      }
      case Rearrangement.Resize resize -> resized(resize);
    }
  }

  /** Factors are always written, because a size could differ by a rounding. */
  private void resized(Rearrangement.Resize resize) {
    Side rows = resize.rows();
    Side columns = resize.columns();
    Interpolation how = resize.how();
    to.plain(Syntax.size(rows.length(), columns.length()));
    to.named("factor", numbers(rows.factor(), columns.factor()));
    word("mode", how.method(), Interpolation.Method.NEAREST);
    word("coordinates", how.coordinates(), Interpolation.Coordinates.HALF_PIXEL);
    word("round", how.rounding(), Interpolation.Rounding.ROUND_PREFER_FLOOR);
    to.real("cubic", how.cubic(), Interpolation.USUAL_CUBIC);
    to.flag("exclude_outside", how.excludeOutside(), false);
    to.flag("antialias", how.antialias(), false);
    if (how.coordinates() == Interpolation.Coordinates.TF_CROP_AND_RESIZE) {
      to.named("part", numbers(rows.from(), columns.from(), rows.to(), columns.to()));
    }
    to.real("outside", how.outside(), 0);
  }

  private static Ast.Expression numbers(Double... values) {
    return Syntax.list(Stream.of(values).map(value -> Syntax.number((double) value)).toList());
  }

  private <E extends Enum<E>> void word(String name, E value, E usual) {
    if (value != usual) {
      to.named(name, Syntax.word(value.name().toLowerCase(Locale.ROOT)));
    }
  }
}
