package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code (x - mean) / sqrt(mean of squares + eps)}, and the weight and bias behind it, are
 * recognised as a layer norm over the last dimensions, or over the channels of a picture. Each node
 * of the three may be the last.
 */
final class DecomposedNorm implements Pattern {

  @Override
  public String name() {
    return "layer norm";
  }

  /** The part that was found so far. */
  private record Norm(
      View x,
      List<Integer> axes,
      double epsilon,
      Optional<Constant> weight,
      Optional<Constant> bias) {

    /** The norm with a product behind it; empty if it already has one. */
    Optional<Norm> times(Constant constant) {
      return weight.isEmpty()
          ? Optional.of(new Norm(x, axes, epsilon, Optional.of(constant), bias))
          : Optional.empty();
    }

    Optional<Norm> plus(Constant constant) {
      return Optional.of(new Norm(x, axes, epsilon, weight, Optional.of(constant)));
    }
  }

  @Override
  public Optional<View> match(Call last) throws Refusal {
    Optional<Norm> found = found(last);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Norm norm = found.get();
    Optional<Constant> weight = spread(norm, norm.weight, 1);
    Optional<Constant> bias = spread(norm, norm.bias, 0);
    return weight.isPresent() && bias.isPresent()
        ? Optional.of(
            NormOperators.norm(last, norm.x, norm.axes, weight.get(), bias.get(), norm.epsilon))
        : Optional.empty();
  }

  /**
   * One number for each of the normalised elements; empty if the constant also varies along other
   * dimensions.
   */
  private static Optional<Constant> spread(Norm norm, Optional<Constant> given, double otherwise) {
    Constant constant =
        given.orElseGet(() -> Constant.of(List.of(), Onnx.DataType.DOUBLE, otherwise));
    int rank = norm.x.rank();
    if (constant.rank() > rank) {
      return Optional.empty();
    }
    Constant whole = constant.ofRank(rank);
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int size = whole.sizes().get(i);
      boolean normalised = norm.axes.contains(i);
      if (size != 1 && !(normalised && size == norm.x.size(i))) {
        return Optional.empty();
      }
      sizes.add(normalised ? norm.x.size(i) : 1);
    }
    return Optional.of(whole.expanded(sizes));
  }

  private static Optional<Norm> found(Call call) throws Refusal {
    return switch (call.operator()) {
      case "Div" -> quotient(call, call.producer(1));
      case "Mul" -> {
        Optional<Norm> bare = inverse(call);
        yield bare.isPresent() ? bare : product(call);
      }
      case "Add" -> sum(call);
      default -> Optional.empty();
    };
  }

  private static Optional<Norm> product(Call call) throws Refusal {
    for (int place = 0; place < 2; place++) {
      Optional<Constant> constant = call.constant(1 - place);
      Optional<Call> before = call.producer(place);
      Optional<Norm> norm = Optional.empty();
      if (constant.isPresent() && before.isPresent()) {
        norm =
            before.get().operator().equals("Div")
                ? quotient(before.get(), before.get().producer(1))
                : inverse(before.get());
      }
      if (norm.isPresent()) {
        return norm.get().times(constant.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<Norm> sum(Call call) throws Refusal {
    for (int place = 0; place < 2; place++) {
      Optional<Constant> constant = call.constant(1 - place);
      Optional<Call> before = call.producer(place, "Mul");
      Optional<Norm> norm =
          constant.isPresent() && before.isPresent() ? found(before.get()) : Optional.empty();
      if (norm.isPresent()) {
        return norm.get().plus(constant.get());
      }
    }
    return Optional.empty();
  }

  /** The norm in a product with the reciprocal of the deviation. */
  private static Optional<Norm> inverse(Call product) throws Refusal {
    Optional<Call> inverse =
        product.operator().equals("Mul") ? product.producer(1, "Reciprocal") : Optional.empty();
    return inverse.isPresent() ? quotient(product, inverse.get().producer(0)) : Optional.empty();
  }

  private static Optional<Norm> quotient(Call divided, Optional<Call> deviation) throws Refusal {
    Optional<Call> centred = divided.producer(0, "Sub");
    Optional<Call> root = deviation.filter(call -> call.operator().equals("Sqrt"));
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
    List<Integer> axes = axes(mean.get(), x.rank());
    return !axes.isEmpty() && axes.equals(axes(variance.get(), x.rank()))
        ? Optional.of(
            new Norm(
                x,
                axes,
                Call.shortest((float) epsilon.get().single()),
                Optional.empty(),
                Optional.empty()))
        : Optional.empty();
  }

  /** Whether the mean is the mean of the squares of the dividend. */
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

  /**
   * The axes that a node reduces and keeps, if they are the last dimensions or the channels;
   * otherwise none.
   */
  private static List<Integer> axes(Call reduce, int rank) throws Refusal {
    List<Integer> axes =
        ViewOperators.axes(reduce, 1, rank).orElse(List.of()).stream().sorted().toList();
    boolean last = reduce.whole("keepdims", 1) != 0;
    for (int i = 0; i < axes.size(); i++) {
      last &= axes.get(i) == rank - axes.size() + i;
    }
    boolean channels = reduce.whole("keepdims", 1) != 0 && axes.equals(List.of(1));
    return last || channels ? axes : List.of();
  }
}
