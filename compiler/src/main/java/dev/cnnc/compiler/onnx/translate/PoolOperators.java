package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Op.Reduction;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Imports pools. They treat every channel by itself, so a batch becomes more channels. */
final class PoolOperators {

  private PoolOperators() {}

  static Map<String, Translator> all() {
    return Map.of(
        "MaxPool", Translator.of(call -> pool(call, Reduction.MAX)),
        "AveragePool", Translator.of(call -> pool(call, Reduction.AVERAGE)),
        "LpPool", Translator.of(PoolOperators::norm),
        "GlobalMaxPool", Translator.of(call -> global(call, Reduction.MAX)),
        "GlobalAveragePool", Translator.of(call -> global(call, Reduction.AVERAGE)));
  }

  /** The first input, a picture or a row of pixels, with batch and channels on one axis. */
  static View channels(Call call) throws Refusal {
    View x = call.view(0);
    if (x.rank() < 3) {
      throw new Refusal("has an input of shape " + x.sizes(), "give it a picture");
    }
    if (x.rank() > 4) {
      throw Windows.tooManyAxes(x.rank() - 2);
    }
    return call.layouts().arranged(x, Arrangement.picture(x.rank()), call.name());
  }

  /**
   * The node as a view with the dimensions of {@code view}: its channels are the batch and the
   * channels of that view.
   */
  static View like(Call call, View view, int node) {
    List<Integer> sizes = new ArrayList<>(view.sizes().subList(0, 2));
    if (view.rank() == 4) {
      sizes.add(call.draft().shape(node).height());
    }
    sizes.add(call.draft().shape(node).width());
    return View.of(node, Arrangement.picture(view.rank()), sizes);
  }

  private static View pool(Call call, Reduction reduction) throws Refusal {
    if (call.view(0).rank() == 5) {
      return Volumes.pool(call, call.view(0), reduction, call.flag("count_include_pad"));
    }
    return pool(call, channels(call), reduction, call.flag("count_include_pad"));
  }

  /** Batch and channels of {@code x} lie on one axis. */
  static View pool(Call call, View x, Reduction reduction, boolean countPadding) throws Refusal {
    List<Integer> kernel =
        call.wholes("kernel_shape")
            .orElseThrow(() -> new Refusal("has no kernel_shape", "export the model again"));
    Window window = Windows.of(call, kernel, Windows.pixels(x));
    boolean average = reduction == Reduction.AVERAGE;
    boolean counts = average && (countPadding || !isPadded(window));
    Op pool = new Op.Pool(reduction, window, call.flag("ceil_mode"), counts);
    return like(call, x, call.draft().add(call.name(), pool, x.node()));
  }

  /** LpPool: the root of the sum of powers, which is the average times the number of elements. */
  private static View norm(Call call) throws Refusal {
    if (call.view(0).rank() == 5 && !call.flag("ceil_mode")) {
      return normOfVolume(call, call.view(0));
    }
    View x = channels(call);
    List<Integer> kernel =
        call.wholes("kernel_shape")
            .orElseThrow(() -> new Refusal("has no kernel_shape", "export the model again"));
    Window window = Windows.of(call, kernel, Windows.pixels(x));
    boolean rounds = call.flag("ceil_mode");
    double p = call.whole("p", 2);
    View positive = p % 2 == 0 ? x : FunctionOperators.apply(call, x, Elementary.ABS);
    View powers = FunctionOperators.apply(call, positive, ArithmeticOperators.power(p));
    View averages = averages(call, x, window, powers.node(), false);
    if (rounds
        && !averages(call, x, window, powers.node(), true).sizes().equals(averages.sizes())) {
      throw new Refusal("has windows beyond the padding", "leave out ceil_mode, or pad before");
    }
    return root(call, averages, (double) window.height() * window.width(), p);
  }

  private static View root(Call call, View averages, double count, double p) throws Refusal {
    View sums = ArithmeticOperators.scaled(call, averages, count);
    Activation root = p == 2 ? Elementary.SQRT : ArithmeticOperators.power(1 / p);
    return FunctionOperators.apply(call, sums, root);
  }

  private static View normOfVolume(Call call, View x) throws Refusal {
    double p = call.whole("p", 2);
    View positive = p % 2 == 0 ? x : FunctionOperators.apply(call, x, Elementary.ABS);
    View powers = FunctionOperators.apply(call, positive, ArithmeticOperators.power(p));
    View averages = Volumes.pool(call, powers, Reduction.AVERAGE, true);
    List<Integer> kernel = call.wholes("kernel_shape").orElse(List.of());
    return root(call, averages, ViewOperators.product(kernel), p);
  }

  private static View averages(Call call, View x, Window window, int node, boolean ceil)
      throws Refusal {
    Op pool = new Op.Pool(Reduction.AVERAGE, window, ceil, true);
    return like(call, x, call.draft().add(call.name(), pool, node));
  }

  private static boolean isPadded(Window window) {
    return !window.padding().equals(Padding.NONE);
  }

  private static View global(Call call, Reduction reduction) throws Refusal {
    View given = call.view(0);
    View x = given.rank() == 5 ? Volumes.asPicture(call, given) : channels(call);
    int node = call.draft().add(call.name(), new Op.GlobalPool(reduction), x.node());
    List<Integer> sizes = new ArrayList<>(x.sizes().subList(0, 2));
    sizes.addAll(Collections.nCopies(x.rank() - 2, 1));
    return View.of(node, Arrangement.picture(x.rank()), sizes);
  }
}
