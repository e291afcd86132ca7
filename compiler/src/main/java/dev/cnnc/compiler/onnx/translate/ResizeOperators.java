package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Interpolation;
import dev.cnnc.compiler.ir.Interpolation.Coordinates;
import dev.cnnc.compiler.ir.Interpolation.Method;
import dev.cnnc.compiler.ir.Interpolation.Rounding;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Rearrangement.Side;
import java.util.ArrayList;
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
    Side rows = picture ? axes.side(2) : new Side(1, 1, 0, 1);
    Side columns = axes.side(last);
    Interpolation how = how(call);
    int node = call.draft().add(call.name(), op(rows, columns, how), x.node());
    return PoolOperators.like(call, x, node);
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

  private static Interpolation how(Call call) throws Refusal {
    Method method = word(call, "mode", "nearest", Method.class);
    boolean old = call.version() < SETTINGS;
    return new Interpolation(
        method,
        word(
            call,
            "coordinate_transformation_mode",
            old ? "asymmetric" : "half_pixel",
            Coordinates.class),
        word(call, "nearest_mode", old ? "floor" : "round_prefer_floor", Rounding.class),
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
        return new Side(input, 1, 0, 1);
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
        return new Side((int) Math.floor(input * scale + 1e-9), scale, from, to);
      }
      List<Integer> sizes = call.known(3, "sizes").integers();
      double ratio = ratio(axes, sizes);
      return ratio > 0
          ? new Side((int) Math.floor(ratio * input + 0.5), ratio, from, to)
          : new Side(sizes.get(place), (double) sizes.get(place) / input, from, to);
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
          scales.add(Call.shortest(scale));
        }
      }
      for (Float scale : call.reals("scales")) {
        scales.add(Call.shortest(scale));
      }
      return scales.isEmpty() ? Optional.empty() : Optional.of(scales);
    }

    /** The common ratio that keeps the proportions, or 0 if they need not be kept. */
    private double ratio(List<Integer> axes, List<Integer> sizes) throws Refusal {
      String policy = call.text("keep_aspect_ratio_policy", "stretch");
      double least = Double.MAX_VALUE;
      double most = 0;
      for (int i = 0; i < axes.size(); i++) {
        double ratio = (double) sizes.get(i) / x.size(axes.get(i));
        least = Math.min(least, ratio);
        most = Math.max(most, ratio);
      }
      return switch (policy) {
        case "not_larger" -> least;
        case "not_smaller" -> most;
        default -> 0;
      };
    }
  }
}
