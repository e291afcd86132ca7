package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Recognises a group norm: an instance norm of a picture whose groups were reshaped to channels,
 * with the weight and bias behind it. Each node from the reshape back on may be the last.
 */
final class DecomposedGroupNorm implements Pattern {

  @Override
  public String name() {
    return "group norm";
  }

  /** The part that was found so far; weights have one number for each channel. */
  private record Norm(View x, int groups, double epsilon, Constant weight, Constant bias) {}

  @Override
  public Optional<View> match(Call last) throws Refusal {
    Optional<Norm> found = found(last);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Norm norm = found.get();
    List<Integer> shape = List.of(norm.weight.size());
    LayerPlan plan =
        tensors ->
            new Computation.GroupNorm(
                norm.groups,
                tensors.keep(".weight", shape, norm.weight),
                tensors.keep(".bias", shape, norm.bias),
                norm.epsilon);
    String name = LayerName.of(last.node(), norm.weight.name());
    return Optional.of(norm.x.with(last.draft().add(name, plan, norm.x.node())));
  }

  private static Optional<Norm> found(Call call) throws Refusal {
    return switch (call.operator()) {
      case "Reshape" -> bare(call);
      case "Mul", "Add" -> with(call, call.operator().equals("Mul") ? "Reshape" : "Mul");
      default -> Optional.empty();
    };
  }

  /** A norm with a constant behind it, one number for each channel. */
  private static Optional<Norm> with(Call call, String inner) throws Refusal {
    for (int place = 0; place < 2; place++) {
      Optional<Call> before = call.producer(place, inner);
      Optional<Constant> constant = call.constant(1 - place);
      Optional<Norm> norm =
          before.isPresent() && constant.isPresent() ? found(before.get()) : Optional.empty();
      if (norm.isPresent()) {
        Norm it = norm.get();
        Shape shape = call.draft().shape(it.x.node());
        return new Joins(call)
            .laid(constant.get(), it.x)
            .filter(laid -> Joins.isByChannel(laid, shape))
            .map(
                laid ->
                    inner.equals("Reshape")
                        ? new Norm(it.x, it.groups, it.epsilon, laid, it.bias)
                        : new Norm(it.x, it.groups, it.epsilon, it.weight, laid));
      }
    }
    return Optional.empty();
  }

  private static Optional<Norm> bare(Call back) throws Refusal {
    Optional<Call> norm = back.producer(0, "InstanceNormalization");
    Optional<Call> apart = norm.flatMap(call -> call.producer(0, "Reshape"));
    if (apart.isEmpty() || !back.isComputed(0) || !apart.get().isComputed(0)) {
      return Optional.empty();
    }
    View x = apart.get().view(0);
    List<Integer> groups = back.view(0).sizes();
    boolean fits =
        x.rank() > 2
            && x.size(0) == 1
            && groups.size() == 3
            && groups.getFirst() == 1
            && ViewOperators.target(back).equals(x.sizes())
            && isAll(norm.get().known(1, "scale"), 1)
            && isAll(norm.get().known(2, "bias"), 0);
    if (!fits) {
      return Optional.empty();
    }
    int channels = x.size(1);
    return Optional.of(
        new Norm(
            back.layouts().arranged(x, Arrangement.picture(x.rank()), back.name()),
            groups.get(1),
            norm.get().real("epsilon", 1e-5),
            ArithmeticOperators.filled(1, channels),
            ArithmeticOperators.filled(0, channels)));
  }

  private static boolean isAll(Constant constant, double number) {
    for (double each : constant.doubles().get()) {
      if (each != number) {
        return false;
      }
    }
    return true;
  }
}
