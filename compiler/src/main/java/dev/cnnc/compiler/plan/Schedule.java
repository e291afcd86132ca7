package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Computation;
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
import dev.cnnc.runtime.weights.WeightsFile.Packed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the list of steps, node by node, and the list of packed tensors beside it. */
final class Schedule {
  private final Graph graph;
  private final Network network;
  private final Prologues prologues;
  private final Planar planar;
  private final List<View> views;
  private final Map<Integer, SpaceToDepth.Placed> squares;
  private final List<Step> steps = new ArrayList<>();
  private final List<Packed> packed = new ArrayList<>();
  private int packedSize = Arena.FIRST;

  /**
   * Nothing written yet.
   *
   * @param prologues the values that are never written
   * @param planar the values that lie channel by channel
   * @param views where each node's value lies
   * @param squares what convs read that read squares of their picture, by their ids
   */
  Schedule(
      Network network,
      Prologues prologues,
      Planar planar,
      List<View> views,
      Map<Integer, SpaceToDepth.Placed> squares) {
    this.graph = network.graph();
    this.network = network;
    this.prologues = prologues;
    this.planar = planar;
    this.views = views;
    this.squares = squares;
  }

  List<Step> steps() {
    return steps;
  }

  List<Packed> packed() {
    return packed;
  }

  /** Floats that a worker needs for itself: one tile's sums, or more. */
  int scratch() {
    int most = Kernel.UNIT_SUMS;
    for (Step step : steps) {
      int floats =
          switch (step.kernel()) {
            case Kernel.Attention attention -> attention.scratch(step.write());
            case Kernel.StripConv _ -> Kernel.StripConv.SUMS;
            case Kernel.GroupedConv grouped -> grouped.scratch(step.write());
            case Kernel.GroupedStrips _ -> Kernel.GroupedStrips.SUMS;
            case Kernel.ScaledConv _, Kernel.GatedConv _ -> prepared(step.reads().getFirst());
            case Kernel.StrassenConv strassen ->
                strassen.scratch(step.reads().getFirst().channels());
            case Kernel.WinogradConv winograd ->
                winograd.scratch(step.reads().getFirst().channels());
            case GeneralKernel.GroupNorm norm -> norm.scratch();
            case GeneralKernel.ConvTranspose(var _, int groups) -> step.write().channels() / groups;
            default -> 0;
          };
      most = Math.max(most, Tile.padded(floats));
    }
    return most;
  }

  /** For convs that prepare what they read: a unit's sums, and the pixels of a block. */
  private static int prepared(View x) {
    return Math.addExact(
        Kernel.UNIT_SUMS, Math.multiplyExact(Kernel.BLOCK, Tile.padded(x.channels())));
  }

  /** Copies the picture to its squares, if the node reads such. */
  void toSquares(Node node) {
    SpaceToDepth.Placed placed = squares.get(node.id());
    if (placed != null) {
      Kernel kernel = new GeneralKernel.SpaceToDepth(placed.how().window());
      View picture = views.get(node.inputs().getFirst());
      View write = placed.squares();
      steps.add(new Step(node, kernel, List.of(picture), write, List.of(), write.height()));
    }
  }

  /** Zeros the halo that others have written into. */
  void clearHalo(Node node, Padding halo) {
    View view = views.get(node.id());
    steps.add(new Step(node, new Kernel.ClearHalo(halo), List.of(), view, List.of(), 1));
  }

  void add(Node node) {
    View write = views.get(node.id());
    switch (node.op()) {
      case Op.Input _, Op.Slice _ -> {}
      case Op.Scale _, Op.Multiply _ when prologues.contains(node) -> {}
      case Op.Concat() -> {
        int channel = 0;
        for (int input : node.inputs()) {
          if (views.get(input).offset() != write.offset() + channel) {
            copy(node, views.get(input), new Kernel.Copy(channel, 0, 0));
          }
          channel += graph.node(input).shape().channels();
        }
      }
      case Op.Tokens() -> {
        int first = 0;
        for (int input : node.inputs()) {
          copy(node, views.get(input), new Kernel.Tokens(first));
          first += graph.node(input).shape().pixels();
        }
      }
      case Op.Pad(int before, int _, Padding pixels) -> {
        steps.add(new Step(node, new Kernel.Clear(), List.of(), write, List.of(), write.height()));
        copy(
            node,
            views.get(node.inputs().getFirst()),
            new Kernel.Copy(before, pixels.top(), pixels.left()));
      }
      case Op.Add() -> sum(node, 1);
      case Op.Mean() -> sum(node, 1.0 / node.inputs().size());
      case Op.Multiply() -> product(node);
      case Computation.Combine(var operator) -> fold(node, new GeneralKernel.Combine(operator));
      case Op.Conv _,
          Op.Fc _,
          Op.Learned _,
          Op.BatchNorm _,
          Op.LayerNorm _,
          Op.Scale _,
          Op.Activate _,
          Op.Prelu _,
          Op.Pool _,
          Op.GlobalPool _,
          Op.Shuffle _,
          Op.Crop _,
          Op.Attention _,
          Op.Flatten _,
          Op.Softmax _,
          Op.LocalResponseNorm _,
          Op.Dropout _,
          Op.Upsample _,
          Computation.MatMul _,
          Computation.Reduce _,
          Computation.GroupNorm _,
          Computation.ConvTranspose _,
          Rearrangement _ ->
          one(node, write);
    }
  }

  private void copy(Node node, View read, Kernel kernel) {
    steps.add(
        new Step(node, kernel, List.of(read), views.get(node.id()), List.of(), read.height()));
  }

  /** From the left, two at a time; the last one multiplies. */
  private void sum(Node node, double factor) {
    View write = views.get(node.id());
    View left = views.get(node.inputs().getFirst());
    for (int i = 1; i < node.inputs().size(); i++) {
      boolean last = i == node.inputs().size() - 1;
      View right = views.get(node.inputs().get(i));
      steps.add(
          new Step(
              node,
              new Kernel.Add(last ? factor : 1),
              List.of(left, right),
              write,
              List.of(),
              write.height()));
      left = write;
    }
  }

  /** From the left, two at a time; the first step already has the whole shape. */
  private void fold(Node node, Kernel kernel) {
    View write = views.get(node.id());
    View left = views.get(node.inputs().getFirst());
    for (int input : node.inputs().subList(1, node.inputs().size())) {
      List<View> reads = List.of(left, views.get(input));
      steps.add(new Step(node, kernel, reads, write, List.of(), write.height()));
      left = write;
    }
  }

  /** The widest first, so that the others can be repeated over its pixels. */
  private void product(Node node) {
    View write = views.get(node.id());
    List<Integer> inputs = new ArrayList<>(node.inputs());
    inputs.sort((a, b) -> graph.node(b).shape().pixels() - graph.node(a).shape().pixels());
    View left = views.get(inputs.getFirst());
    for (int input : inputs.subList(1, inputs.size())) {
      steps.add(
          new Step(
              node,
              new Kernel.Multiply(),
              List.of(left, views.get(input)),
              write,
              List.of(),
              write.height()));
      left = write;
    }
  }

  private void one(Node node, View write) {
    Shape input = node.inputs().isEmpty() ? node.shape() : graph.inputShapes(node).getFirst();
    KernelChoice choice = choice(node, input);
    List<Integer> weights = new ArrayList<>();
    for (KernelChoice.Want want : choice.wants()) {
      weights.add(packedSize);
      packed.add(new Packed(packedSize, want.layout(), want.recipe()));
      packedSize = Math.addExact(packedSize, want.layout().size());
    }
    List<View> reads = new ArrayList<>(node.inputs().stream().map(views::get).toList());
    SpaceToDepth.Placed placed = squares.get(node.id());
    if (placed != null) {
      reads.set(0, placed.squares());
    }
    if (choice.kernel() instanceof Kernel.GatedConv) {
      Node gate = graph.node(node.inputs().getFirst());
      reads.add(views.get(Prologues.factor(graph, gate)));
    }
    steps.add(
        new Step(
            node, choice.kernel(), reads, write, weights, units(choice.kernel(), node.shape())));
  }

  private KernelChoice choice(Node node, Shape input) {
    if (planar.contains(node)) {
      return KernelChoice.ofPlanar(node, input);
    }
    if (node.op() instanceof Op.Conv conv) {
      Node read = graph.node(node.inputs().getFirst());
      SpaceToDepth.Placed placed = squares.get(node.id());
      if (placed != null) {
        return KernelChoice.ofSquares(placed.how(), conv, node.shape());
      }
      if (planar.contains(read) && Kernel.StripConv.fits(conv, input, node.shape())) {
        return KernelChoice.ofStrips(conv, input, node.shape());
      }
      if (prologues.contains(read)) {
        return read.op() instanceof Op.Multiply
            ? KernelChoice.ofGated(conv, input)
            : KernelChoice.ofScaled(conv, read, network);
      }
    }
    return KernelChoice.of(node, input, network);
  }

  private static int units(Kernel kernel, Shape output) {
    return switch (kernel) {
      case Kernel.Fc _, Kernel.FcOfHalves _ -> Math.ceilDiv(output.channels(), Tile.FC_BLOCK);
      case Kernel.Attention(int heads) -> heads;
      case Kernel.StrassenConv _ -> Math.max(1, output.pixels() / Kernel.UNIT);
      case Kernel.Conv _, Kernel.ScaledConv _, Kernel.GatedConv _ ->
          Math.ceilDiv(output.pixels(), Kernel.UNIT);
      case Kernel.WinogradConv(int _, int _, int _, boolean byOutputs, var _, var _)
          when byOutputs ->
          Math.ceilDiv(output.channels(), Tile.OUTPUTS);
      case Kernel.WinogradConv(int rows, int columns, int _, boolean _, Window window, var _) ->
          new Winograd(rows, columns, window).tiles(output);
      case Kernel.Flatten _ -> 1;
      case GeneralKernel.GroupNorm(int _, int block, double _) ->
          Math.ceilDiv(output.channels(), block);
      default -> output.height();
    };
  }
}
