package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.plan.kernel.Kernel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One way to compute a node.
 *
 * @param wants the tensors that the kernel wants packed, in its order
 * @param squares the space-to-depth copy that it reads instead of the node's input, if any
 * @param cost the time of so many multiply-adds; none where a way is the best wherever it fits
 */
record Offer(
    Kernel kernel, List<Want> wants, Optional<SpaceToDepthConv> squares, OptionalDouble cost) {

  static Offer always(Kernel kernel, List<Want> wants) {
    return new Offer(kernel, wants, Optional.empty(), OptionalDouble.empty());
  }

  static Offer at(double cost, Kernel kernel, List<Want> wants) {
    return new Offer(kernel, wants, Optional.empty(), OptionalDouble.of(cost));
  }

  boolean isCheaperThan(Offer other) {
    return cost.isEmpty()
        || (other.cost.isPresent() && cost.getAsDouble() < other.cost.getAsDouble());
  }
}
