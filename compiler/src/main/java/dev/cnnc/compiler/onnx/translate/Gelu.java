package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import java.util.Optional;

/**
 * {@code x * (1 + f) / 2}, its factors in any order, is gelu where f is {@code erf(x / sqrt(2))},
 * and its usual approximation where f is {@code tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))}.
 */
final class Gelu implements Pattern {

  private static final double CUBE = 0.044715;
  private static final double OUTER = Math.sqrt(2 / Math.PI);

  @Override
  public String name() {
    return "gelu";
  }

  @Override
  public Optional<View> match(Call last) throws Refusal {
    if (!last.operator().equals("Mul")) {
      return Optional.empty();
    }
    for (int place = 0; place < 2; place++) {
      Trace sum = Trace.of(last, place);
      Trace other = Trace.of(last, 1 - place);
      Optional<View> direct = gelu(last, sum, other, sum.factor() * other.factor());
      if (direct.isPresent()) {
        return direct;
      }
      // One of the inputs is a half, the other the product.
      Optional<Call> product = sum.maker("Mul");
      Optional<Constant> half = last.single(1 - place);
      if (half.isPresent() && product.isPresent()) {
        double factor = half.get().single() * sum.factor();
        for (int inner = 0; inner < 2; inner++) {
          Trace one = Trace.of(product.get(), inner);
          Trace two = Trace.of(product.get(), 1 - inner);
          Optional<View> found = gelu(last, one, two, factor * one.factor() * two.factor());
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<View> gelu(Call last, Trace sum, Trace x, double factor) throws Refusal {
    Optional<Call> add = sum.maker("Add");
    if (Math.abs(factor - 0.5) > 1e-4 || add.isEmpty() || !x.call().isComputed(x.input())) {
      return Optional.empty();
    }
    for (int place = 0; place < 2; place++) {
      if (!isNumber(add.get(), place, 1)) {
        continue;
      }
      Optional<Call> erf = add.get().producer(1 - place, "Erf");
      if (erf.isPresent() && isRoot(Trace.of(erf.get(), 0), x)) {
        return Optional.of(FunctionOperators.apply(last, x.view(), new Activation.Gelu()));
      }
      Optional<Call> tanh = add.get().producer(1 - place, "Tanh");
      if (tanh.isPresent() && isCubic(Trace.of(tanh.get(), 0), x)) {
        return Optional.of(
            FunctionOperators.apply(last, x.view(), Activation.Elementary.GELU_TANH));
      }
    }
    return Optional.empty();
  }

  private static boolean isRoot(Trace inner, Trace x) {
    return inner.isSame(x) && inner.isAbout(Math.sqrt(0.5));
  }

  /** {@code c * (x + 0.044715 * x^3)}, or {@code c * x * (1 + 0.044715 * x^2)}. */
  private static boolean isCubic(Trace inner, Trace x) throws Refusal {
    Optional<Call> sum = inner.maker("Add");
    Optional<Call> product = inner.maker("Mul");
    for (int place = 0; place < 2; place++) {
      if (sum.isPresent() && sum.get().isSame(place, x.call(), x.input())) {
        return inner.isAbout(OUTER) && isCube(Trace.of(sum.get(), 1 - place), x, 3);
      }
      if (product.isPresent() && Trace.of(product.get(), place).isSame(x)) {
        Trace one = Trace.of(product.get(), place);
        Optional<Call> rest = product.get().producer(1 - place, "Add");
        return new Trace(one.call(), one.input(), one.factor() * inner.factor()).isAbout(OUTER)
            && rest.isPresent()
            && (isSquareAndOne(rest.get(), 0, x) || isSquareAndOne(rest.get(), 1, x));
      }
    }
    return false;
  }

  private static boolean isSquareAndOne(Call sum, int one, Trace x) throws Refusal {
    return isNumber(sum, one, 1) && isCube(Trace.of(sum, 1 - one), x, 2);
  }

  /** Whether a place has a power of x times the factor of the cube. */
  private static boolean isCube(Trace place, Trace x, int exponent) {
    return place.isAbout(CUBE) && isPower(place, x, exponent);
  }

  private static boolean isPower(Trace place, Trace x, int exponent) {
    if (exponent == 1) {
      return place.isSame(x);
    }
    Optional<Call> power = place.maker("Pow");
    if (power.isPresent()) {
      return power.get().isSame(0, x.call(), x.input()) && isNumber(power.get(), 1, exponent);
    }
    Optional<Call> product = place.maker("Mul");
    for (int side = 0; side < 2 && product.isPresent(); side++) {
      if (product.get().isSame(side, x.call(), x.input())) {
        return isPower(new Trace(product.get(), 1 - side, 1), x, exponent - 1);
      }
    }
    return false;
  }

  private static boolean isNumber(Call call, int i, double number) {
    return call.single(i).filter(it -> it.single() == number).isPresent();
  }
}
