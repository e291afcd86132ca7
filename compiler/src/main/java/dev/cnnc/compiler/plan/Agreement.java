package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.runtime.weights.Recipe;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which order the weights of a conv are packed, where several plans share them: in the order
 * that kernels of all plans can read, and of several the one that costs least in all of them.
 *
 * @param wants what is packed for the weights of a conv; missing where there is no such order
 */
public record Agreement(Map<Recipe, List<Want>> wants) {
  /** A plan by itself. */
  static final Agreement NONE = new Agreement(Map.of());

  public Agreement {
    wants = Map.copyOf(wants);
  }

  /** What an order costs in the plans that have been asked. */
  private record Sum(int convs, double cost) {
    Sum plus(double more) {
      return new Sum(convs + 1, cost + more);
    }
  }

  static Agreement of(List<Network> networks) {
    if (networks.size() == 1) {
      return NONE;
    }
    Map<Recipe, Integer> convs = new HashMap<>();
    Map<Recipe, Map<List<Want>, Sum>> sums = new HashMap<>();
    for (Network network : networks) {
      Planar planar = Planar.of(network.graph());
      for (Node node : network.graph().nodes()) {
        Choices.layer(network, planar, node)
            .ifPresent(
                layer -> {
                  convs.merge(layer.conv().weight(), 1, Integer::sum);
                  add(
                      layer,
                      sums.computeIfAbsent(layer.conv().weight(), _ -> new LinkedHashMap<>()));
                });
      }
    }
    Map<Recipe, List<Want>> agreed = new HashMap<>();
    sums.forEach((weight, all) -> cheapest(all, convs.getOrDefault(weight, 0), weight, agreed));
    return new Agreement(agreed);
  }

  /** The offers that may be taken, whatever they cost: planar values are planned as a whole. */
  private static List<Offer> open(ConvLayer layer) {
    List<Offer> offers = Offers.of(layer);
    return layer.writesPlanar() ? offers.subList(0, 1) : offers;
  }

  /** Each order once, at the price of the first kernel that reads it. */
  private static void add(ConvLayer layer, Map<List<Want>, Sum> sums) {
    Set<List<Want>> seen = new HashSet<>();
    for (Offer offer : open(layer)) {
      if (seen.add(offer.wants())) {
        double cost = offer.cost().orElse(0);
        sums.merge(offer.wants(), new Sum(1, cost), (before, _) -> before.plus(cost));
      }
    }
  }

  private static void cheapest(
      Map<List<Want>, Sum> sums, int convs, Recipe weight, Map<Recipe, List<Want>> agreed) {
    double least = Double.POSITIVE_INFINITY;
    for (Map.Entry<List<Want>, Sum> each : sums.entrySet()) {
      Sum sum = each.getValue();
      if (sum.convs() == convs && sum.cost() < least) {
        least = sum.cost();
        agreed.put(weight, each.getKey());
      }
    }
  }

  /** The choice for a conv: of the offers that read the agreed order, if there is one. */
  Choice choice(ConvLayer layer) {
    List<Offer> offers = Offers.of(layer);
    List<Want> agreed = wants.get(layer.conv().weight());
    if (agreed == null) {
      return Choice.of(offers);
    }
    List<Offer> reading =
        open(layer).stream().filter(offer -> offer.wants().equals(agreed)).toList();
    return reading.isEmpty() ? Choice.of(offers) : Choice.of(reading).offered(offers);
  }
}
