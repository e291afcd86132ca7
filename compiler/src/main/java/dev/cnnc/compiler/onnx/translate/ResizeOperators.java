package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Fraction;
import dev.cnnc.compiler.ir.Interpolation;
import dev.cnnc.compiler.ir.Interpolation.Coordinates;
import dev.cnnc.compiler.ir.Interpolation.Method;
import dev.cnnc.compiler.ir.Interpolation.Rounding;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Rearrangement.Side;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Imports Resize and Upsample. They treat each channel by itself, so a batch becomes more channels.
 */
final class ResizeOperators {

  /** The first version in which the settings of Resize are attributes. */
  private static final int SETTINGS = 11;

  private ResizeOperators() {}

  static Map<String, Translator> all() {
    return Map.of(
        "Resize",
        Translator.of(call -> resize(call, call.version() < SETTINGS ? 1 : 2)),
        "Upsample",
        Translator.of(call -> resize(call, 1)));
  }

  private static View resize(Call call, int scalesInput) throws Refusal {
    View x = PoolOperators.channels(call);
    boolean picture = x.rank() == 4;
    int last = x.rank() - 1;
    Axes axes = new Axes(call, x, scalesInput);
    for (int axis = 0; axis < (picture ? 2 : last); axis++) {
      if (axes.side(axis).length() != x.size(axis)) {
        throw new Refusal("resizes batch or channels", "resize pixels only");
      }
    }
    Side rows = picture ? axes.side(2) : Side.of(1, 1);
    Side columns = axes.side(last);
    return PoolOperators.like(call, x, added(call, rows, columns, x.node()));
  }

  /** One layer, or one a side where each rounds in its own way. */
  private static int added(Call call, Side rows, Side columns, int x) throws Refusal {
    boolean growing = rows.factor() >= 1;
    boolean old = call.version() < SETTINGS && call.text("mode", "nearest").equals("nearest");
    if (!old || growing == columns.factor() >= 1) {
      return call.draft().add(call.name(), op(rows, columns, how(call, growing)), x);
    }
    Shape in = call.draft().shape(x);
    Side same = Side.of(in.width(), in.width());
    int tall = call.draft().add(call.name(), op(rows, same, how(call, growing)), x);
    Side done = Side.of(rows.length(), rows.length());
    return call.draft().add(call.name(), op(done, columns, how(call, !growing)), tall);
  }

  /** The op; an even repetition of pixels has its own layer. */
  private static Op op(Side rows, Side columns, Interpolation how) {
    boolean floor = how.coordinates() == Coordinates.ASYMMETRIC && how.rounding() == Rounding.FLOOR;
    boolean middle =
        how.coordinates() == Coordinates.HALF_PIXEL
            && how.rounding() == Rounding.ROUND_PREFER_FLOOR;
    boolean whole = isWhole(rows.factor()) && isWhole(columns.factor());
    return how.method() == Method.NEAREST && whole && (floor || middle)
        ? new Op.Upsample((int) rows.factor(), (int) columns.factor())
        : new Rearrangement.Resize(rows, columns, how);
  }

  private static boolean isWhole(double factor) {
    return factor >= 1 && factor == Math.rint(factor);
  }

  /**
   * How a node interpolates. Before nearest pixels had a setting, Resize took the next one where a
   * side becomes shorter: so ONNX Runtime reads what the standard leaves open.
   */
  private static Interpolation how(Call call, boolean growing) throws Refusal {
    Method method = word(call, "mode", "nearest", Method.class);
    boolean old = call.version() < SETTINGS;
    String nearest = growing ? "floor" : "ceil";
    return new Interpolation(
        method,
        word(
            call,
            "coordinate_transformation_mode",
            old ? "asymmetric" : "half_pixel",
            Coordinates.class),
        word(call, "nearest_mode", old ? nearest : "round_prefer_floor", Rounding.class),
        call.real("cubic_coeff_a", Interpolation.USUAL_CUBIC),
        call.flag("exclude_outside"),
        call.flag("antialias"),
        call.real("extrapolation_value", 0));
  }

  private static <E extends Enum<E>> E word(
      Call call, String attribute, String otherwise, Class<E> words) throws Refusal {
    String word = call.text(attribute, otherwise);
    for (E each : words.getEnumConstants()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return each;
      }
    }
    throw new Refusal(
        "has " + attribute + " " + word + ", for which there is no layer", "use " + otherwise);
  }

  /** The sizes and scales of each dimension. */
  private record Axes(Call call, View x, int scalesInput) {

    Side side(int dimension) throws Refusal {
      int input = x.size(dimension);
      List<Integer> axes = axes();
      int place = axes.indexOf(dimension);
      if (place < 0) {
        return Side.of(input, input);
      }
      double from = 0;
      double to = 1;
      if (call.text("coordinate_transformation_mode", "").equals("tf_crop_and_resize")) {
        double[] part = call.known(1, "part").doubles().get();
        from = part[place];
        to = part[axes.size() + place];
      }
      Optional<List<Double>> scales = scales();
      if (scales.isPresent()) {
        double scale = scales.get().get(place);
        if (call.operator().equals("Upsample") && !(scale >= 1)) {
          throw new Refusal("makes a picture smaller", "use Resize");
        }
        return new Side((int) Side.length(scale, input), scale, from, to);
      }
      List<Integer> sizes = call.known(3, "sizes").integers();
      Optional<Fraction> ratio = ratio(axes, sizes);
      int length = ratio.isPresent() ? nearest(ratio.get(), input) : sizes.get(place);
      double factor = ratio.isPresent() ? ratio.get().doubleValue() : (double) length / input;
      return new Side(length, factor, from, to);
    }

    /** The side times a ratio; of two lengths as near the larger. */
    private static int nearest(Fraction ratio, int input) {
      return ratio.times(Fraction.of(input)).plus(Fraction.HALF).floor().intValue();
    }

    private List<Integer> axes() throws Refusal {
      Optional<List<Integer>> given = call.wholes("axes");
      List<Integer> axes = new ArrayList<>();
      for (int i = 0; i < given.map(List::size).orElse(x.rank()); i++) {
        axes.add(given.isPresent() ? Call.axis(given.get().get(i), x.rank()) : i);
      }
      return axes;
    }

    private Optional<List<Double>> scales() throws Refusal {
      List<Double> scales = new ArrayList<>();
      if (call.has(scalesInput)) {
        for (float scale : call.known(scalesInput, "scales").floats().get()) {
          scales.add((double) scale);
        }
      }
      for (float scale : call.reals("scales")) {
        scales.add((double) scale);
      }
      return scales.isEmpty() ? Optional.empty() : Optional.of(scales);
    }

    /** The common ratio that keeps the proportions, if they are to be kept. */
    private Optional<Fraction> ratio(List<Integer> axes, List<Integer> sizes) throws Refusal {
      List<Fraction> ratios = new ArrayList<>();
      for (int i = 0; i < axes.size(); i++) {
        ratios.add(Fraction.of(sizes.get(i), x.size(axes.get(i))));
      }
      return switch (call.text("keep_aspect_ratio_policy", "stretch")) {
        case "not_larger" -> ratios.stream().min(Comparator.naturalOrder());
        case "not_smaller" -> ratios.stream().max(Comparator.naturalOrder());
        default -> Optional.empty();
      };
    }
  }
}
