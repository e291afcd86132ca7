package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.plan.kernel.Traffic;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;

/**
 * The cost of one step.
 *
 * @param macs multiply-accumulates of the layer after the passes; 0 of steps that only prepare it
 * @param multiplications multiply-adds of sums of products that the kernel does
 * @param weights floats of its packed tensors, with those that fill a vector
 * @param read different floats of activations that it reads
 * @param written different floats of activations that it writes
 * @param alive floats of the arena that hold a value which is needed at this moment or later
 * @param scratch floats of scratch that each thread uses
 */
public record StepCost(
    Step step,
    long macs,
    long multiplications,
    long weights,
    long read,
    long written,
    long alive,
    long scratch) {

  /** The costs of all steps, in their order. */
  public static List<StepCost> of(Plan plan) {
    Graph graph = plan.network().graph();
    List<Storage> storages = Memory.of(plan.network(), plan.agreement()).storages();
    return plan.steps().stream().map(step -> of(plan, graph, storages, step)).toList();
  }

  private static StepCost of(Plan plan, Graph graph, List<Storage> storages, Step step) {
    Traffic traffic = step.kernel().traffic(step.reads(), step.write());
    return new StepCost(
        step,
        computes(step) ? Cost.of(graph, step.node()).macs() : 0,
        step.kernel().multiplications(step.reads(), step.write()),
        plan.packed().stream()
            .filter(packed -> step.weights().contains(packed.offset()))
            .mapToLong(packed -> packed.layout().size())
            .sum(),
        traffic.read(),
        traffic.written(),
        Arena.alive(storages, moment(step)),
        Tile.padded(step.kernel().scratch(step.reads(), step.write())));
  }

  private static boolean computes(Step step) {
    return switch (step.purpose()) {
      case LAYER, LAYER_AND_PROLOGUE -> true;
      case CONCAT_PART, TOKENS_PART, ZEROS, HALO, SPACE_TO_DEPTH -> false;
    };
  }

  /** When a step runs. */
  static int moment(Step step) {
    return step.purpose() == Step.Purpose.SPACE_TO_DEPTH
        ? Storage.momentBefore(step.node().id())
        : Storage.moment(step.node().id());
  }
}
