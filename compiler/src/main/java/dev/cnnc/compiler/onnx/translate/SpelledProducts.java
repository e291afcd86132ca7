package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.onnx.Onnx.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports products of elements, and of elements with 0 and 1. */
final class SpelledProducts {

  private SpelledProducts() {}

  static Map<String, Translator> all() {
    return Map.of(
        "ReduceProd", Translator.of(SpelledProducts::product),
        "Trilu", Translator.of(SpelledProducts::triangle));
  }

  /** One half of the elements times the other, until one is left. */
  private static View product(Call call) throws Refusal {
    View x = call.view(0);
    List<Integer> axes = ReduceOperators.axes(call, x.rank());
    View product = x;
    for (int axis : axes) {
      product = product(call, product, axis);
    }
    return axes.isEmpty() ? x : ReduceOperators.kept(call, product, x);
  }

  private static View product(Call call, View x, int axis) throws Refusal {
    Spelling it = new Spelling(call);
    View left = x;
    Optional<View> odd = Optional.empty();
    while (left.size(axis) > 1) {
      int size = left.size(axis);
      int half = size / 2;
      if (size % 2 == 1) {
        View last = PartOperators.part(call, left, axis, size - 1, size);
        odd = Optional.of(odd.isPresent() ? it.combine(Operator.MUL, odd.get(), last) : last);
      }
      left =
          it.combine(
              Operator.MUL,
              PartOperators.part(call, left, axis, 0, half),
              PartOperators.part(call, left, axis, half, 2 * half));
    }
    return odd.isPresent() ? it.combine(Operator.MUL, left, odd.get()) : left;
  }

  /** What is not in the triangle is zero. */
  private static View triangle(Call call) throws Refusal {
    View x = call.view(0);
    if (x.rank() < 2) {
      throw new Refusal("has an input of shape " + x.sizes(), "give it rows and columns");
    }
    List<Integer> sizes = x.sizes().subList(x.rank() - 2, x.rank());
    double[] ones = new double[sizes.get(0) * sizes.get(1)];
    Arrays.fill(ones, 1);
    Constant whole = Constant.of(sizes, DataType.FLOAT, ones);
    return new Spelling(call).times(x, triangle(call, whole).named("triangle"));
  }

  /** The same of known numbers, which may be infinite, as masks are. */
  static Constant triangle(Call call, Constant x) throws Refusal {
    if (x.rank() < 2) {
      throw new Refusal("has an input of shape " + x.sizes(), "give it rows and columns");
    }
    int rows = x.sizes().get(x.rank() - 2);
    int columns = x.sizes().get(x.rank() - 1);
    boolean upper = call.whole("upper", 1) != 0;
    double diagonal = call.has(1) ? call.known(1, "diagonal").single() : 0;
    double[] values = x.doubles().get().clone();
    for (int i = 0; i < values.length; i++) {
      int above = i % columns - i / columns % rows;
      if (upper ? above < diagonal : above > diagonal) {
        values[i] = 0;
      }
    }
    return Constant.of(x.sizes(), x.type(), values);
  }
}
