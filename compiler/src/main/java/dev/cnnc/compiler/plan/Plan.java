package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.WeightsFile.Packed;
import java.util.List;

/**
 * A network with every decision taken: what runs in which order, and where everything lies.
 *
 * <p>Invariant: a step reads only what an earlier step (or the caller) wrote and nothing has
 * overwritten since; whatever a conv reads outside its picture is zero.
 *
 * @param network what is computed, after all passes
 * @param views where each node's value lies while it is alive, in the order of the nodes
 * @param packed every packed tensor of the weights array, in order
 * @param arena floats of the activations' memory
 * @param scratch floats each worker needs for itself
 * @param agreement what was agreed with other plans of the same array of weights
 */
public record Plan(
    Network network,
    List<View> views,
    List<Step> steps,
    List<Packed> packed,
    int arena,
    int scratch,
    Agreement agreement) {

  public Plan {
    views = List.copyOf(views);
    steps = List.copyOf(steps);
    packed = List.copyOf(packed);
  }

  /** The same plan beside others over one array of weights. */
  Plan sharing(List<Packed> all, int largestScratch) {
    return new Plan(network, views, steps, all, arena, largestScratch, agreement);
  }

  /** Floats of all packed tensors. */
  public int weights() {
    return packed.stream().mapToInt(packed -> packed.layout().size()).sum();
  }
}
