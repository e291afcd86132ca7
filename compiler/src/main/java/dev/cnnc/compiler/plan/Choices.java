package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.plan.kernel.Prologue;
import dev.cnnc.compiler.plan.kernel.Reading;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The kernel of every node that is one step, chosen once, before memory. Concats, tokens, pads and
 * element-by-element results of many inputs are several steps, slices and the input none: {@link
 * Schedule} sees to those.
 *
 * @param planar the values that lie channel by channel
 * @param prologues the values that are never written
 * @param byNode by the ids of the nodes
 */
record Choices(Planar planar, Prologues prologues, Map<Integer, Choice> byNode) {

  Choices {
    byNode = Map.copyOf(byNode);
  }

  static Choices of(Network network, Agreement agreement) {
    Graph graph = network.graph();
    Planar planar = Planar.of(graph);
    Map<Integer, Choice> chosen = new HashMap<>();
    for (Node node : graph.nodes()) {
      choice(network, agreement, planar, node).ifPresent(choice -> chosen.put(node.id(), choice));
    }
    Prologues prologues = Prologues.of(graph, chosen);
    prologues
        .readers()
        .forEach(
            (applied, reader) ->
                chosen.computeIfPresent(
                    reader,
                    (_, choice) -> after(graph.node(applied), graph.node(reader), choice, chosen)));
    return new Choices(planar, prologues, chosen);
  }

  /** The choice for a node that is one step. */
  Choice of(Node node) {
    return Objects.requireNonNull(byNode.get(node.id()), () -> node.name() + " is not one step");
  }

  /** The space-to-depth copy that a node reads, if any. */
  Optional<SpaceToDepthConv> squares(Node node) {
    return Optional.ofNullable(byNode.get(node.id())).flatMap(Choice::squares);
  }

  private static Optional<Choice> choice(
      Network network, Agreement agreement, Planar planar, Node node) {
    return layer(network, planar, node)
        .map(agreement::choice)
        .or(
            () ->
                OnlyKernel.of(
                    node, input(network, node), planar.contains(node), network.storage()));
  }

  /** What offers for a conv are made from. */
  static Optional<ConvLayer> layer(Network network, Planar planar, Node node) {
    return node.op() instanceof Op.Conv conv
        ? Optional.of(
            new ConvLayer(
                conv,
                input(network, node),
                node.shape(),
                planar.contains(network.graph().node(node.inputs().getFirst())),
                planar.contains(node),
                network.exact(),
                network.storage()))
        : Optional.empty();
  }

  private static Shape input(Network network, Node node) {
    return node.inputs().isEmpty()
        ? node.shape()
        : network.graph().node(node.inputs().getFirst()).shape();
  }

  /** The kernel for a conv of one pixel that applies the node before it while it reads. */
  private static Choice after(
      Node applied, Node reader, Choice choice, Map<Integer, Choice> chosen) {
    Op.Conv conv = (Op.Conv) reader.op();
    Choice before = chosen.get(applied.id());
    Prologue prologue =
        applied.op() instanceof Op.Scale scale
            ? new Prologue.Scale(scale.function())
            : new Prologue.Gate();
    List<Want> wants =
        new ArrayList<>(
            Want.panels(
                Tile.Use.CONV,
                conv.filters(),
                applied.shape().channels(),
                1,
                conv.weight(),
                conv.bias()));
    if (before != null) {
      wants.addAll(before.wants());
    }
    return choice.with(
        TiledConv.of(conv, Reading.RUNS, prologue, applied.shape(), reader.shape()), wants);
  }
}
