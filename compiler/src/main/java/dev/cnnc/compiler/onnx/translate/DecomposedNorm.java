package dev.cnnc.compiler.onnx.translate;

import java.util.List;
import java.util.Optional;

/**
 * {@code (x - mean) / sqrt(mean of squares + eps)}, and the weight and bias behind it, are a layer
 * norm. Each node of the three may be the last.
 */
final class DecomposedNorm implements Pattern {

  @Override
  public String name() {
    return "layer norm";
  }

  /** What was found so far. */
  private record Norm(
      View x, int axis, double epsilon, Optional<Constant> weight, Optional<Constant> bias) {}

  @Override
  public Optional<View> match(Call last) throws Refusal {
    Optional<Norm> found = found(last);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Norm norm = found.get();
    List<Integer> sizes = norm.x.sizes().subList(norm.axis, norm.x.rank());
    Constant ones = Constant.of(List.of(1), false, 1);
    Constant zeros = Constant.of(List.of(1), false, 0);
    Constant weight = norm.weight.orElse(ones);
    Constant bias = norm.bias.orElse(zeros);
    if (!Broadcast.of(weight.sizes(), sizes).equals(sizes)
        || !Broadcast.of(bias.sizes(), sizes).equals(sizes)) {
      return Optional.empty();
    }
    return Optional.of(
        NormOperators.norm(
            last, norm.x, norm.axis, weight.expanded(sizes), bias.expanded(sizes), norm.epsilon));
  }

  private static Optional<Norm> found(Call call) throws Refusal {
    return switch (call.operator()) {
      case "Div" -> quotient(call);
      case "Mul" -> with(call, "Div");
      case "Add" -> with(call, "Mul");
      default -> Optional.empty();
    };
  }

  /** A norm with a constant behind it. */
  private static Optional<Norm> with(Call call, String inner) throws Refusal {
    for (int place = 0; place < 2; place++) {
      Optional<Call> before = call.producer(place, inner);
      Optional<Constant> constant = call.constant(1 - place);
      if (before.isPresent() && constant.isPresent()) {
        Optional<Norm> norm = found(before.get());
        if (norm.isPresent()) {
          Norm it = norm.get();
          boolean product = inner.equals("Div");
          return Optional.of(
              new Norm(
                  it.x,
                  it.axis,
                  it.epsilon,
                  product ? constant : it.weight,
                  product ? it.bias : constant));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Norm> quotient(Call divided) throws Refusal {
    Optional<Call> centred = divided.producer(0, "Sub");
    Optional<Call> root = divided.producer(1, "Sqrt");
    if (centred.isEmpty() || root.isEmpty()) {
      return Optional.empty();
    }
    Optional<Call> mean = centred.get().producer(1, "ReduceMean");
    Optional<Call> sum = root.get().producer(0, "Add");
    if (mean.isEmpty() || sum.isEmpty() || !mean.get().isSame(0, centred.get(), 0)) {
      return Optional.empty();
    }
    int place = sum.get().constant(0).isPresent() ? 0 : 1;
    Optional<Constant> epsilon = sum.get().constant(place).filter(Constant::isSingle);
    Optional<Call> variance = sum.get().producer(1 - place, "ReduceMean");
    if (epsilon.isEmpty() || variance.isEmpty() || !isSquare(variance.get(), divided)) {
      return Optional.empty();
    }
    View x = centred.get().view(0);
    Optional<Integer> axis = axis(mean.get(), x.rank());
    return axis.isPresent() && axis.equals(axis(variance.get(), x.rank()))
        ? Optional.of(
            new Norm(
                x,
                axis.get(),
                Call.shortest((float) epsilon.get().single()),
                Optional.empty(),
                Optional.empty()))
        : Optional.empty();
  }

  /** Whether the mean is that of the squares of what is divided. */
  private static boolean isSquare(Call mean, Call divided) throws Refusal {
    Optional<Call> power = mean.producer(0, "Pow");
    if (power.isPresent()) {
      return power.get().isSame(0, divided, 0)
          && power.get().constant(1).filter(it -> it.isSingle() && it.single() == 2).isPresent();
    }
    Optional<Call> product = mean.producer(0, "Mul");
    return product.isPresent()
        && product.get().isSame(0, divided, 0)
        && product.get().isSame(1, divided, 0);
  }

  /** The first of the last dimensions, if these are what a node reduces and keeps. */
  private static Optional<Integer> axis(Call reduce, int rank) throws Refusal {
    List<Integer> axes =
        ViewOperators.axes(reduce, 1, rank).orElse(List.of()).stream().sorted().toList();
    boolean last = !axes.isEmpty() && reduce.whole("keepdims", 1) != 0;
    for (int i = 0; i < axes.size(); i++) {
      last &= axes.get(i) == rank - axes.size() + i;
    }
    return last ? Optional.of(axes.getFirst()) : Optional.empty();
  }
}
