package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;

/** Decides everything that is left to decide: kernels, then memory, then steps. */
public final class Planner {

  private Planner() {}

  /**
   * The plan of {@code network}, whose passes have run.
   *
   * @throws TooLargeException if activations or weights need more than 2^31 - 1 floats
   */
  public static Plan plan(Network network) {
    return plans(List.of(network)).getFirst();
  }

  /**
   * The plans of one network for several sizes of its input. All read one array of weights, and
   * have scratch of one size.
   *
   * @throws TooLargeException if activations or weights need more than 2^31 - 1 floats
   */
  public static List<Plan> plans(List<Network> sizes) {
    try {
      return checked(sizes);
    } catch (ArithmeticException _) {
      throw new TooLargeException(sizes.getFirst().graph().name());
    }
  }

  private static List<Plan> checked(List<Network> sizes) {
    Agreement agreement = Agreement.of(sizes);
    Packing packing = new Packing();
    List<Plan> plans = new ArrayList<>();
    for (Network network : sizes) {
      plans.add(plan(network, agreement, packing));
      packing.next();
    }
    int scratch = plans.stream().mapToInt(Plan::scratch).max().orElse(0);
    return plans.stream().map(plan -> plan.sharing(packing.packed(), scratch)).toList();
  }

  private static Plan plan(Network network, Agreement agreement, Packing packing) {
    Graph graph = network.graph();
    Memory memory = Memory.of(network, agreement);
    Arena arena = Arena.of(memory.storages());
    List<View> views = graph.nodes().stream().map(node -> memory.view(node, arena)).toList();
    Schedule schedule =
        new Schedule(graph, memory.choices(), views, memory.squares(arena), packing);
    for (Node node : graph.nodes()) {
      int index = memory.storageOf().get(node.id());
      Storage storage = memory.storages().get(index);
      schedule.toSquares(node);
      if (storage.from() == Storage.moment(node.id())
          && storage.hasHalo()
          && overwritten(memory, arena, index)) {
        schedule.clearHalo(graph.node(storage.owner()), storage.halo());
      }
      schedule.add(node);
    }
    return new Plan(
        network,
        views,
        schedule.steps(),
        packing.packed(),
        arena.size(),
        schedule.scratch(),
        agreement);
  }

  /**
   * The floats that are alive at once at the worst moment: no arena for {@code network} is smaller.
   */
  public static long arenaLowerBound(Network network) {
    return Arena.lowerBound(Memory.of(network, Agreement.NONE).storages());
  }

  /** Whether any other value ever lies where this one does. The arena begins as zeros. */
  private static boolean overwritten(Memory memory, Arena arena, int index) {
    int start = arena.offsets().get(index);
    int end = start + memory.storages().get(index).size();
    for (int other = 0; other < memory.storages().size(); other++) {
      int from = arena.offsets().get(other);
      int to = from + memory.storages().get(other).size();
      if (other != index && from < end && start < to) {
        return true;
      }
    }
    return false;
  }
}
