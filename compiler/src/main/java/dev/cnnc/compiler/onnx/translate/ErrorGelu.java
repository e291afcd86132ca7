package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import java.util.Optional;

/** {@code x * (1 + erf(x / sqrt(2))) / 2}, its factors in any order, is gelu. */
final class ErrorGelu implements Pattern {

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
      if (last.constant(1 - place).isPresent() && product.isPresent()) {
        double half = last.constant(1 - place).get().single() * sum.factor();
        for (int inner = 0; inner < 2; inner++) {
          Trace one = Trace.of(product.get(), inner);
          Trace two = Trace.of(product.get(), 1 - inner);
          Optional<View> found = gelu(last, one, two, half * one.factor() * two.factor());
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
      boolean one = add.get().constant(place).filter(it -> isOne(it)).isPresent();
      Optional<Call> erf = add.get().producer(1 - place, "Erf");
      if (one && erf.isPresent()) {
        Trace inner = Trace.of(erf.get(), 0);
        if (inner.isSame(x) && inner.isAbout(Math.sqrt(0.5))) {
          return Optional.of(FunctionOperators.apply(last, x.view(), new Activation.Gelu()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOne(Constant constant) {
    return constant.isSingle() && constant.single() == 1;
  }
}
