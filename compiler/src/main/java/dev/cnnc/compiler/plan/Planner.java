package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.runtime.View;
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
    try {
      return checked(network);
    } catch (ArithmeticException _) {
      throw new TooLargeException(network.graph().name());
    }
  }

  private static Plan checked(Network network) {
    Graph graph = network.graph();
    Memory memory = Memory.of(network);
    Arena arena = Arena.of(memory.storages());
    List<View> views = graph.nodes().stream().map(node -> memory.view(node, arena)).toList();
    Schedule schedule = new Schedule(graph, memory.choices(), views, memory.squares(arena));
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
        network, views, schedule.steps(), schedule.packed(), arena.size(), schedule.scratch());
  }

  /**
   * The floats that are alive at once at the worst moment: no arena for {@code network} is smaller.
   */
  public static long arenaLowerBound(Network network) {
    return Arena.lowerBound(Memory.of(network).storages());
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
