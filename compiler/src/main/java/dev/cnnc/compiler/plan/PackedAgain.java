package dev.cnnc.compiler.plan;

import dev.cnnc.runtime.weights.WeightsFile.Packed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is packed for one size of a network alone, because no kernel reads the order that the sizes
 * before it have.
 *
 * @param layer whose tensors they are
 * @param bytes of them as packed
 */
public record PackedAgain(String layer, long bytes) {

  /**
   * Of each layer that has such tensors, in the order of the plan.
   *
   * @param plans of all sizes, over one array of weights
   * @param size the one to ask about; nothing is packed again for the first
   */
  public static List<PackedAgain> of(List<Plan> plans, int size) {
    if (size == 0) {
      return List.of();
    }
    Set<Integer> known = new HashSet<>();
    for (Plan plan : plans.subList(0, size)) {
      plan.steps().forEach(step -> known.addAll(step.weights()));
    }
    Map<Integer, Packed> packed = new HashMap<>();
    plans.get(size).packed().forEach(each -> packed.put(each.offset(), each));
    Map<String, Long> layers = new LinkedHashMap<>();
    for (Step step : plans.get(size).steps()) {
      for (int offset : step.weights()) {
        if (known.add(offset)) {
          long floats = Objects.requireNonNull(packed.get(offset)).layout().size();
          layers.merge(step.node().name(), Float.BYTES * floats, Long::sum);
        }
      }
    }
    List<PackedAgain> all = new ArrayList<>();
    layers.forEach((layer, bytes) -> all.add(new PackedAgain(layer, bytes)));
    return all;
  }
}
