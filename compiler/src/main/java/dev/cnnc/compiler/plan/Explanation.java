package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.plan.kernel.Kernel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Why a layer is computed as it is.
 *
 * @param taken the chosen kernel
 * @param applied the layer that the kernel applies while it reads its input
 * @param ways the offers, in the order of preference; empty if an op has one kernel only
 */
public record Explanation(Node node, Kernel taken, Optional<Node> applied, List<Way> ways) {

  /**
   * One offer.
   *
   * @param cost the estimated time, as a number of multiply-adds; none where the kernel is the best
   *     wherever it fits
   */
  public record Way(Kernel kernel, OptionalDouble cost) {}

  public Explanation {
    ways = List.copyOf(ways);
  }

  /** All layers of a plan that are one step each. */
  public static List<Explanation> of(Plan plan) {
    Network improved = plan.network();
    Choices choices = Choices.of(improved, plan.agreement());
    Map<Integer, Choice> byNode = choices.byNode();
    return improved.graph().nodes().stream()
        .filter(node -> byNode.containsKey(node.id()) && !choices.prologues().contains(node))
        .map(
            node -> {
              Choice choice = choices.of(node);
              return new Explanation(
                  node,
                  choice.kernel(),
                  choices.prologues().of(improved.graph(), node),
                  choice.offers().stream()
                      .map(offer -> new Way(offer.kernel(), offer.cost()))
                      .toList());
            })
        .toList();
  }
}
