package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A piece of the arena, and when it is in use.
 *
 * @param owner the layer whose value fills it, or that reads these squares
 * @param squares whether it holds the space-to-depth copy that the owner reads
 * @param values the layers whose values lie in it, one after another or beside each other
 * @param offset floats in front of it
 * @param size floats, halo included
 * @param from the first step at which it is in use
 * @param to behind the last step at which it is in use; one more than there are steps for a value
 *     that the caller reads
 */
public record Residence(
    Node owner, boolean squares, List<Node> values, int offset, int size, int from, int to) {

  public Residence {
    values = List.copyOf(values);
  }

  /** All of them, in the order of the first write. */
  public static List<Residence> of(Plan plan) {
    Memory memory = Memory.of(plan.network(), plan.agreement());
    Arena arena = Arena.of(memory.storages());
    List<Node> nodes = plan.network().graph().nodes();
    List<Integer> moments = plan.steps().stream().map(StepCost::moment).toList();
    int atTheEnd = Storage.moment(nodes.size());
    List<Residence> residences = new ArrayList<>();
    for (int index = 0; index < memory.storages().size(); index++) {
      int place = index;
      Storage storage = memory.storages().get(index);
      long before = moments.stream().filter(moment -> moment < storage.from()).count();
      long last = moments.stream().filter(moment -> moment <= storage.to()).count();
      residences.add(
          new Residence(
              nodes.get(storage.owner()),
              memory.squaresOf().values().stream().anyMatch(each -> each.storage() == place),
              IntStream.range(0, nodes.size())
                  .filter(node -> memory.storageOf().get(node) == place)
                  .mapToObj(nodes::get)
                  .toList(),
              arena.offsets().get(index),
              storage.size(),
              Math.toIntExact(before),
              Math.toIntExact(storage.to() >= atTheEnd ? moments.size() + 1 : last)));
    }
    return List.copyOf(residences);
  }
}
