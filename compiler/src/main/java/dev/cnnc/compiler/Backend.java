package dev.cnnc.compiler;

import dev.cnnc.compiler.emit.Emitter;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.runtime.weights.WeightsFile;

/**
 * What comes out for a network whose passes have run.
 *
 * @param java the class and its kernels
 * @param weights how to make the array its kernels read; hash and layout are the class's
 */
public record Backend(Plan plan, Emitter.Emitted java, WeightsFile weights) {

  /** Plans and emits. */
  public static Backend of(Network improved, String packageName) {
    Plan plan = Planner.plan(improved);
    WeightsFile weights =
        new WeightsFile(plan.network().graph().name(), improved.labels(), plan.packed());
    return new Backend(plan, Emitter.emit(plan, packageName, weights.hash()), weights);
  }
}
