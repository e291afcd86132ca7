package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.plan.Step.Purpose;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import dev.cnnc.compiler.plan.kernel.SpaceToDepth;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Writes the list of steps, node by node, and packs the tensors that they read. */
final class Schedule {
  private final Graph graph;
  private final Choices choices;
  private final List<View> views;
  private final Map<Integer, SpaceToDepthConv.Placed> squares;
  private final List<Step> steps = new ArrayList<>();
  private final Packing packing;

  /**
   * Nothing written yet.
   *
   * @param views where each node's value lies
   * @param squares the space-to-depth input of each conv that uses one, by node id
   * @param packing where packed tensors lie
   */
  Schedule(
      Graph graph,
      Choices choices,
      List<View> views,
      Map<Integer, SpaceToDepthConv.Placed> squares,
      Packing packing) {
    this.graph = graph;
    this.choices = choices;
    this.views = views;
    this.squares = squares;
    this.packing = packing;
  }

  List<Step> steps() {
    return steps;
  }

  /** Floats that a worker needs for itself: one tile's accumulators, or more. */
  int scratch() {
    return steps.stream()
        .mapToInt(step -> Tile.padded(step.kernel().scratch(step.reads(), step.write())))
        .reduce(Kernel.UNIT_SUMS, Math::max);
  }

  /** Copies the input to its squares, if the node reads such. */
  void toSquares(Node node) {
    SpaceToDepthConv.Placed placed = squares.get(node.id());
    if (placed != null) {
      View picture = views.get(node.inputs().getFirst());
      Kernel kernel = new SpaceToDepth(placed.how().window());
      add(node, Purpose.SPACE_TO_DEPTH, kernel, List.of(picture), placed.squares(), List.of());
    }
  }

  /** Zeros the halo that others have written into. */
  void clearHalo(Node node, Padding halo) {
    Kernel kernel = new RowByRow.ClearHalo(halo);
    add(node, Purpose.HALO, kernel, List.of(), views.get(node.id()), List.of());
  }

  void add(Node node) {
    switch (node.op()) {
      case Op.Input _, Op.Slice _ -> {}
      case Op.Scale _, Op.Multiply _ when choices.prologues().contains(node) -> {}
      case Op.Concat() -> concat(node);
      case Op.Tokens() -> tokens(node);
      case Op.Pad(int before, int _, Padding pixels) -> {
        View write = views.get(node.id());
        add(node, Purpose.ZEROS, new RowByRow.Clear(), List.of(), write, List.of());
        View read = views.get(node.inputs().getFirst());
        copy(node, Purpose.LAYER, read, new RowByRow.Copy(before, pixels.top(), pixels.left()));
      }
      case Op.Add() -> sum(node, 1);
      case Op.Mean() -> sum(node, 1.0 / node.inputs().size());
      case Op.Multiply() -> product(node);
      case Computation.Combine(var operator) -> fold(node, new RowByRow.Combine(operator));
      case Op.Weighted _, Op.Learned _, Op.OneInput _, Computation _, Rearrangement _ -> one(node);
    }
  }

  private void add(
      Node node,
      Purpose purpose,
      Kernel kernel,
      List<View> reads,
      View write,
      List<Integer> weights) {
    int units = kernel.units(reads, write);
    int portion = Portion.of(graph, node, kernel, reads, write, units);
    steps.add(new Step(node, purpose, kernel, reads, write, weights, units, portion));
  }

  private void concat(Node node) {
    int channel = 0;
    for (int input : node.inputs()) {
      if (views.get(input).offset() != views.get(node.id()).offset() + channel) {
        copy(node, Purpose.CONCAT_PART, views.get(input), new RowByRow.Copy(channel, 0, 0));
      }
      channel += graph.node(input).shape().channels();
    }
  }

  private void tokens(Node node) {
    int first = 0;
    for (int input : node.inputs()) {
      Purpose purpose = node.inputs().size() > 1 ? Purpose.TOKENS_PART : Purpose.LAYER;
      copy(node, purpose, views.get(input), new RowByRow.Tokens(first));
      first += graph.node(input).shape().pixels();
    }
  }

  private void copy(Node node, Purpose purpose, View read, Kernel kernel) {
    add(node, purpose, kernel, List.of(read), views.get(node.id()), List.of());
  }

  /** From the left, two at a time; the last one multiplies. */
  private void sum(Node node, double factor) {
    int last = node.inputs().size() - 1;
    fold(node, node.inputs(), i -> new RowByRow.Add(i == last ? factor : 1));
  }

  /** The first step already has the whole shape. */
  private void fold(Node node, Kernel kernel) {
    fold(node, node.inputs(), _ -> kernel);
  }

  /** The widest first, so that the others can be repeated over its pixels. */
  private void product(Node node) {
    List<Integer> inputs = new ArrayList<>(node.inputs());
    inputs.sort((a, b) -> graph.node(b).shape().pixels() - graph.node(a).shape().pixels());
    fold(node, inputs, _ -> new RowByRow.Multiply());
  }

  /** From the left, two at a time. */
  private void fold(Node node, List<Integer> inputs, IntFunction<Kernel> kernel) {
    View write = views.get(node.id());
    View left = views.get(inputs.getFirst());
    for (int i = 1; i < inputs.size(); i++) {
      List<View> reads = List.of(left, views.get(inputs.get(i)));
      add(node, Purpose.LAYER, kernel.apply(i), reads, write, List.of());
      left = write;
    }
  }

  private void one(Node node) {
    Choice choice = choices.of(node);
    List<Integer> weights = choice.wants().stream().map(packing::place).toList();
    List<View> reads = new ArrayList<>(node.inputs().stream().map(views::get).toList());
    SpaceToDepthConv.Placed placed = squares.get(node.id());
    if (placed != null) {
      reads.set(0, placed.squares());
    }
    Purpose purpose = Purpose.LAYER;
    Optional<Node> applied = choices.prologues().of(graph, node);
    if (applied.isPresent()) {
      purpose = Purpose.LAYER_AND_PROLOGUE;
      Prologues.gate(graph, applied.get()).ifPresent(gate -> reads.add(views.get(gate)));
    }
    add(node, purpose, choice.kernel(), reads, views.get(node.id()), weights);
  }
}
