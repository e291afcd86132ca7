package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import java.util.Optional;

/**
 * Recognises a choice between a value and a function of it, on two sides of a bound, as an
 * activation: {@code where(x < 0, alpha * x, x)} is leaky_relu.
 */
final class Piecewise implements Pattern {

  @Override
  public String name() {
    return "functions of two pieces";
  }

  @Override
  public Optional<View> match(Call last) throws Refusal {
    Optional<Call> less =
        last.operator().equals("Where") ? last.producer(0, "Less") : Optional.empty();
    if (less.isEmpty()) {
      return Optional.empty();
    }
    Optional<Constant> above = less.get().constant(1).filter(Constant::isSingle);
    Optional<Constant> below = less.get().constant(0).filter(Constant::isSingle);
    if (above.isPresent() && less.get().isComputed(0)) {
      return below(last, less.get(), above.get().single());
    }
    return below.isPresent() && less.get().isComputed(1)
        ? above(last, less.get(), below.get().single())
        : Optional.empty();
  }

  /** The first piece applies where x is less than the bound. */
  private static Optional<View> below(Call last, Call less, double bound) throws Refusal {
    View x = less.view(0);
    Trace other = Trace.of(last, 2);
    Trace one = new Trace(less, 0, 1);
    if (last.isSame(2, less, 0) && isNumber(last, 1, bound)) {
      return apply(last, x, FunctionOperators.clip(bound, Double.POSITIVE_INFINITY));
    }
    if (bound != 0) {
      return Optional.empty();
    }
    if (last.isSame(2, less, 0)) {
      return linear(last, one, x);
    }
    return other.isSame(one) ? exponential(last, one, other.factor(), x) : Optional.empty();
  }

  private static Optional<View> linear(Call last, Trace one, View x) throws Refusal {
    Optional<Call> product = last.producer(1, "Mul");
    if (product.isEmpty()) {
      return exponential(last, one, 1, x);
    }
    for (int place = 0; place < 2; place++) {
      Optional<Constant> slope = product.get().constant(1 - place);
      if (slope.isPresent() && product.get().isSame(place, one.call(), one.input())) {
        return slope.get().isSingle()
            ? apply(last, x, new Activation.LeakyRelu(Call.shortest((float) slope.get().single())))
            : Optional.of(FunctionOperators.sloped(last, x, slope.get()));
      }
    }
    return exponential(last, one, 1, x);
  }

  /** {@code gamma * (alpha * exp(x) - alpha)} below, {@code gamma * x} above. */
  private static Optional<View> exponential(Call last, Trace x, double gamma, View input)
      throws Refusal {
    Trace piece = Trace.of(last, 1);
    Optional<Call> difference = piece.maker("Sub");
    if (difference.isEmpty()) {
      return Optional.empty();
    }
    Trace power = Trace.of(difference.get(), 0);
    Optional<Call> exponent = power.maker("Exp");
    Optional<Constant> one = difference.get().constant(1).filter(Constant::isSingle);
    boolean right =
        exponent.isPresent()
            && exponent.get().isSame(0, x.call(), x.input())
            && one.isPresent()
            && Math.abs(one.get().single() - power.factor()) < 1e-6;
    if (!right) {
      return Optional.empty();
    }
    double alpha = Call.shortest((float) (piece.factor() * power.factor() / gamma));
    return apply(
        last,
        input,
        gamma == 1
            ? new Activation.Elu(alpha)
            : new Activation.Selu(alpha, Call.shortest((float) gamma)));
  }

  /** The first piece applies where x is greater than the bound. */
  private static Optional<View> above(Call last, Call less, double bound) throws Refusal {
    View x = less.view(1);
    if (last.isSame(2, less, 1) && isNumber(last, 1, bound)) {
      return apply(last, x, FunctionOperators.clip(Double.NEGATIVE_INFINITY, bound));
    }
    return last.isSame(1, less, 1) && isNumber(last, 2, 0)
        ? apply(last, x, new Activation.ThresholdedRelu(Call.shortest((float) bound)))
        : Optional.empty();
  }

  private static boolean isNumber(Call call, int i, double number) {
    return call.constant(i).filter(it -> it.isSingle() && it.single() == number).isPresent();
  }

  private static Optional<View> apply(Call last, View x, Activation function) throws Refusal {
    return Optional.of(FunctionOperators.apply(last, x, function));
  }
}
