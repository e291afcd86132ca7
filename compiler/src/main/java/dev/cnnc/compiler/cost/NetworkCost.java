package dev.cnnc.compiler.cost;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.compiler.plan.StepCost;
import dev.cnnc.runtime.weights.WeightsFile;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The exact cost of a network, all sizes in bytes.
 *
 * @param steps in the order of the plan
 * @param parameters learned numbers of the file, without running statistics
 * @param macs multiply-accumulates of the file, as it is written
 * @param weightsFile the size of the weights file
 * @param packedWeights the size of the weights in memory
 * @param arena all activations
 * @param arenaLowerBound what is alive at once: no arena is smaller
 * @param scratch what each thread needs for itself
 * @param memory what the heap grows by for one instance with one thread
 * @param memoryOfThread what it grows by for each further thread
 */
public record NetworkCost(
    String network,
    List<StepCost> steps,
    long parameters,
    long macs,
    long weightsFile,
    long packedWeights,
    long arena,
    long arenaLowerBound,
    long scratch,
    long memory,
    long memoryOfThread) {

  public NetworkCost {
    steps = List.copyOf(steps);
  }

  /**
   * The cost of a plan.
   *
   * @param written the network before any pass
   */
  public static NetworkCost of(Network written, Plan plan) {
    return of(written, plan, written.weights());
  }

  /** The same with other weights than the file names. */
  public static NetworkCost of(Network written, Plan plan, Network.Weights weights) {
    Cost layers = Cost.of(written.graph());
    InstanceMemory memory = InstanceMemory.of(plan);
    String name = written.graph().name();
    WeightsFile file = new WeightsFile(name, written.labels(), plan.packed());
    boolean synthetic = weights instanceof Network.Weights.Synthetic;
    return new NetworkCost(
        name,
        StepCost.of(plan),
        layers.parameters(),
        layers.macs(),
        file.bytes(written.storage(), synthetic),
        bytes(file.floats()),
        bytes(plan.arena()),
        bytes(Planner.arenaLowerBound(plan.network())),
        bytes(plan.scratch()),
        memory.bytes(1),
        memory.bytes(2) - memory.bytes(1));
  }

  /** Multiply-adds of sums of products that a run does. */
  public long multiplications() {
    return sum(StepCost::multiplications);
  }

  /** Bytes of activations that the steps of a run read, step by step. */
  public long read() {
    return bytes(sum(StepCost::read));
  }

  /** Bytes of activations that the steps of a run write, step by step. */
  public long written() {
    return bytes(sum(StepCost::written));
  }

  private long sum(ToLongFunction<StepCost> part) {
    return steps.stream().mapToLong(part).sum();
  }

  private static long bytes(long floats) {
    return floats * Float.BYTES;
  }
}
