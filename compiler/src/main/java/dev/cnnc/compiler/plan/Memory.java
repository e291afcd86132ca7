package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides which values share a storage, and how wide each storage's halo is.
 *
 * <p>A slice lies inside its input, and so does a scale or product that is applied while it is
 * read. A pointwise result takes the place of an input that nobody reads afterwards. Everything
 * else has a storage of its own.
 *
 * @param choices every node's kernel, which memory serves
 * @param storages what the arena has to place
 * @param storageOf index of the storage of each node's value
 * @param channelOf the channel of its storage at which each value begins
 * @param squaresOf the space-to-depth input of each conv that uses one, by node id
 */
record Memory(
    Choices choices,
    List<Storage> storages,
    List<Integer> storageOf,
    List<Integer> channelOf,
    Map<Integer, Squares> squaresOf) {

  /** Squares of a picture, and the index of their storage. */
  record Squares(SpaceToDepthConv how, int storage) {}

  Memory {
    storages = List.copyOf(storages);
    storageOf = List.copyOf(storageOf);
    channelOf = List.copyOf(channelOf);
    squaresOf = Map.copyOf(squaresOf);
  }

  /** Where the value of {@code node} lies. */
  View view(Node node, Arena arena) {
    int storage = storageOf.get(node.id());
    return storages
        .get(storage)
        .view(arena.offsets().get(storage), channelOf.get(node.id()), node.shape().channels());
  }

  /** Where squares lie, by the convs that read them. */
  Map<Integer, SpaceToDepthConv.Placed> squares(Arena arena) {
    Map<Integer, SpaceToDepthConv.Placed> placed = new HashMap<>();
    squaresOf.forEach(
        (conv, squares) -> {
          int offset = arena.offsets().get(squares.storage());
          int channels = squares.how().squares().channels();
          View view = storages.get(squares.storage()).view(offset, 0, channels);
          placed.put(conv, new SpaceToDepthConv.Placed(squares.how(), view));
        });
    return placed;
  }

  static Memory of(Network network, Agreement agreement) {
    Graph graph = network.graph();
    Joins joins = Joins.of(graph);
    Choices choices = Choices.of(network, agreement);
    Prologues prologues = choices.prologues();
    Pitch pitch = Pitch.of(graph, choices);
    List<Storage> storages = new ArrayList<>();
    Map<Integer, Integer> byOwner = new HashMap<>();
    List<Integer> storageOf = new ArrayList<>();
    List<Integer> channelOf = new ArrayList<>();
    int[] lastRead = lastReads(graph, choices);
    for (Node node : graph.nodes()) {
      Optional<Joins.Part> part = joins.outermost(node.id());
      OptionalInt inside = inside(graph, prologues, node);
      OptionalInt shared =
          inside.isPresent() || part.isPresent()
              ? inside
              : takesPlaceOf(graph, node, storages, storageOf);
      if (shared.isPresent()) {
        int channel = channelOf.get(shared.getAsInt());
        storageOf.add(storageOf.get(shared.getAsInt()));
        channelOf.add(node.op() instanceof Op.Slice(int from, int _) ? channel + from : channel);
      } else {
        Node owner = graph.node(part.map(Joins.Part::concat).orElse(node.id()));
        storageOf.add(
            byOwner.computeIfAbsent(
                owner.id(),
                _ -> {
                  storages.add(Storage.of(owner, pixel(owner, choices.planar(), pitch), node));
                  return storages.size() - 1;
                }));
        channelOf.add(part.map(Joins.Part::channel).orElse(0));
      }
      int storage = storageOf.getLast();
      storages.set(storage, storages.get(storage).until(lastRead[node.id()]));
    }
    Map<Integer, Squares> squaresOf = new HashMap<>();
    for (Node node : graph.nodes()) {
      choices
          .squares(node)
          .ifPresent(
              how -> {
                squaresOf.put(node.id(), new Squares(how, storages.size()));
                storages.add(Storage.ofSquares(node, how.squares()));
              });
    }
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Conv conv && choices.squares(node).isEmpty()) {
        Node input = graph.node(node.inputs().getFirst());
        int storage = storageOf.get(input.id());
        Shape read = choices.of(node).kernel().whole(node.shape());
        Padding halo = halo(conv.window(), input.shape(), read);
        storages.set(storage, storages.get(storage).within(halo));
      }
    }
    return new Memory(choices, storages, storageOf, channelOf, squaresOf);
  }

  /**
   * When each value is read for the last time: a picture that is copied to squares before its conv
   * is computed, what a prologue reads when its conv does, outputs by the caller after the last
   * node. Inputs live until the last of them is given, whether anything reads them or not.
   */
  private static int[] lastReads(Graph graph, Choices choices) {
    int[] last = new int[graph.nodes().size()];
    for (Node node : graph.nodes()) {
      last[node.id()] = Storage.moment(node.id());
      for (int i = 0; i < node.inputs().size(); i++) {
        boolean copied = i == 0 && choices.squares(node).isPresent();
        int input = node.inputs().get(i);
        int reader = choices.prologues().readers().getOrDefault(node.id(), node.id());
        int moment = copied ? Storage.momentBefore(reader) : Storage.moment(reader);
        last[input] = Math.max(last[input], moment);
      }
    }
    graph.outputs().forEach(output -> last[output.node()] = Storage.moment(graph.nodes().size()));
    // The caller gives all inputs before the first step, so none lies where another does.
    int given = Storage.moment(graph.inputs().getLast().id());
    graph.inputs().forEach(input -> last[input.id()] = Math.max(last[input.id()], given));
    return last;
  }

  /** A picture of few channels stays dense, so that a conv reads a row of its window in one run. */
  private static int pixel(Node node, Planar planar, Pitch pitch) {
    int channels = node.shape().channels();
    if (planar.contains(node)) {
      return 1;
    }
    return node.op() instanceof Op.Input && channels < Tile.OUTPUTS ? channels : pitch.of(node);
  }

  /** The input inside which the value of {@code node} lies, if nothing is written. */
  private static OptionalInt inside(Graph graph, Prologues prologues, Node node) {
    if (prologues.contains(node)) {
      return OptionalInt.of(Prologues.picture(graph, node));
    }
    return node.op() instanceof Op.Slice
        ? OptionalInt.of(node.inputs().getFirst())
        : OptionalInt.empty();
  }

  /** The input whose place the output of {@code node} can take. */
  private static OptionalInt takesPlaceOf(
      Graph graph, Node node, List<Storage> storages, List<Integer> storageOf) {
    return Arrays.stream(elementwise(node))
        .filter(input -> graph.node(input).shape().equals(node.shape()))
        .filter(
            input -> {
              Storage storage = storages.get(storageOf.get(input));
              long readsOfIt =
                  node.inputs().stream()
                      .filter(other -> storageOf.get(other).equals(storageOf.get(input)))
                      .count();
              return readsOfIt == 1
                  && storage.to() == Storage.moment(node.id())
                  && storage.shape().equals(node.shape())
                  && storage.pixel() >= Tile.padded(node.shape().channels());
            })
        .findFirst();
  }

  /** Inputs of which element i is read only just before element i of the output is written. */
  private static int[] elementwise(Node node) {
    return switch (node.op()) {
      // A depthwise conv computes some pixels twice.
      case Op.Conv conv -> conv.isDepthwise() ? new int[0] : residual(node, conv.epilogue());
      case Op.Fc(int _, var _, var _, Epilogue epilogue) -> residual(node, epilogue);
      case Op.Elementwise _, Op.LayerNorm _, Computation.Combine _ ->
          new int[] {node.inputs().getFirst()};
      case Op.Source _, Op.OneInput _, Op.ManyInputs _, Computation _, Rearrangement _ ->
          new int[0];
    };
  }

  private static int[] residual(Node node, Epilogue epilogue) {
    return epilogue.residual() ? new int[] {node.inputs().getLast()} : new int[0];
  }

  /** What a conv reads outside of its picture. */
  private static Padding halo(Window window, Shape input, Shape output) {
    Padding padding = window.padding();
    int rows = (output.height() - 1) * window.strideHeight() + window.reachHeight();
    int columns = (output.width() - 1) * window.strideWidth() + window.reachWidth();
    return new Padding(
        padding.top(),
        padding.left(),
        Math.max(0, rows - padding.top() - input.height()),
        Math.max(0, columns - padding.left() - input.width()));
  }
}
