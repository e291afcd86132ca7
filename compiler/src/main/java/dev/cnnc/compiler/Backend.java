package dev.cnnc.compiler;

import dev.cnnc.compiler.emit.Emitter;
import dev.cnnc.compiler.emit.kernel.Lanes;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.runtime.weights.WeightsFile;
import java.util.List;

/**
 * What comes out for a network whose passes have run.
 *
 * @param plans one for each size of the network's input
 * @param java the class and its kernels
 * @param weights how to make the array its kernels read; hash and layout are the class's
 */
public record Backend(List<Plan> plans, Emitter.Emitted java, WeightsFile weights) {

  public Backend {
    plans = List.copyOf(plans);
  }

  /** Plans and emits. */
  public static Backend of(Network improved, String packageName) {
    return of(List.of(improved), packageName);
  }

  /** The same for a network of several sizes. */
  public static Backend of(List<Network> improved, String packageName) {
    return of(improved, packageName, Lanes.ALL);
  }

  /** For this JVM alone: without the kernels that it would never load. */
  public static Backend here(Network improved) {
    return here(List.of(improved));
  }

  /** The same for a network of several sizes. */
  public static Backend here(List<Network> improved) {
    return of(improved, "", Lanes.here());
  }

  private static Backend of(List<Network> improved, String packageName, List<Lanes> widths) {
    List<Plan> plans = Planner.plans(improved);
    Network first = improved.getFirst();
    WeightsFile weights =
        new WeightsFile(first.graph().name(), first.labels(), plans.getFirst().packed());
    return new Backend(plans, Emitter.emit(plans, packageName, weights.hash(), widths), weights);
  }

  /** The plan of the first size, which is the only one of most networks. */
  public Plan plan() {
    return plans.getFirst();
  }

  /** One of its sizes, as if its class stood alone. */
  public Backend at(int size) {
    return new Backend(List.of(plans.get(size)), java.at(size), weights);
  }
}
