package dev.cnnc.compiler.cost;

import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.runtime.NetworkInstance;

/**
 * The arrays of one loaded instance, which are more than 99 % of what it adds to the heap.
 *
 * @param arena floats of all activations
 * @param scratch floats of each thread
 * @param weights floats of the packed weights
 * @param listed entries of the list of places of each thread
 */
record InstanceMemory(long arena, long scratch, long weights, long listed) {
  /** Header and length of an array. */
  private static final int HEADER = 16;

  /** Objects lie at multiples of this. */
  private static final int ALIGNMENT = 8;

  static InstanceMemory of(Plan plan) {
    int listed =
        plan.steps().stream().mapToInt(step -> step.kernel().listed(step.reads())).max().orElse(1);
    int weights =
        plan.packed().stream()
            .mapToInt(each -> each.offset() + each.layout().size())
            .max()
            .orElse(0);
    return new InstanceMemory(plan.arena(), plan.scratch(), weights, Kernel.SEGMENTS + listed);
  }

  long bytes(int threads) {
    return array(arena + threads * scratch + NetworkInstance.SLACK)
        + array(weights)
        + threads * array(listed);
  }

  /** Of floats or ints. */
  private static long array(long elements) {
    return Math.ceilDiv(HEADER + Float.BYTES * elements, ALIGNMENT) * ALIGNMENT;
  }
}
