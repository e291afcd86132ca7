package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import java.util.List;

/** Writes an operator without a layer of its own as arithmetic of layers. */
record Spelling(Call call) {

  /** Smallest number above zero. */
  private static final double TINY = Call.shortest(Float.MIN_VALUE);

  private static final double HUGE = Call.shortest(Float.MAX_VALUE);

  View apply(View x, Activation function) throws Refusal {
    return FunctionOperators.apply(call, x, function);
  }

  View linear(View x, double factor, double shift) throws Refusal {
    return factor == 1 && shift == 0 ? x : apply(x, new Activation.Linear(factor, shift));
  }

  View combine(Operator operator, View a, View b) throws Refusal {
    return new Joins(call).combine(operator, a, b, call.name());
  }

  View combine(Operator operator, Value a, Value b) throws Refusal {
    return new Joins(call).combine(operator, a, b, call.name());
  }

  /** A value times a constant. */
  View times(View x, Constant factor) throws Refusal {
    return factor.isSingle() && factor.rank() <= x.rank() && factor.isFinite()
        ? linear(x, Call.shortest((float) factor.single()), 0)
        : combine(Operator.MUL, new Value.Computed(x), new Value.Known(factor));
  }

  /** Reduced along some dimensions, which stay with size 1. */
  View reduced(View x, Reducer reducer, List<Integer> axes) throws Refusal {
    return ReduceOperators.along(call, x, axes, reducer);
  }

  /** Not less than the smallest number above zero, so that it can divide. */
  View divisor(View x) throws Refusal {
    return apply(x, new Activation.Clip(TINY, Double.POSITIVE_INFINITY));
  }

  /** 1 where x is above zero, else 0: such a number divided by itself, and zero by a tiny one. */
  View positive(View x) throws Refusal {
    View above = apply(x, new Activation.Clip(0, HUGE));
    return combine(Operator.DIV, above, divisor(above));
  }

  /** 1 for 0 and 0 for 1. */
  View not(View truth) throws Refusal {
    return linear(truth, -1, 1);
  }

  /** 1 where x is not zero. */
  View nonzero(View x) throws Refusal {
    return positive(apply(x, Elementary.ABS));
  }

  /** Input {@code i} minus input {@code j}; zero only where they are equal. */
  View difference(int i, int j) throws Refusal {
    if (isNumber(i, j)) {
      return linear(call.view(j), -1, number(i));
    }
    return isNumber(j, i)
        ? linear(call.view(i), 1, -number(j))
        : combine(Operator.SUB, call.input(i), call.input(j));
  }

  private boolean isNumber(int i, int other) throws Refusal {
    return call.constant(i).filter(Constant::isSingle).isPresent()
        && call.isComputed(other)
        && call.known(i, "constant").rank() <= call.view(other).rank();
  }

  private double number(int i) throws Refusal {
    return Call.shortest((float) call.known(i, "constant").single());
  }
}
