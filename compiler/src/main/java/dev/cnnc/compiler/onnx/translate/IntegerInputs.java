package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells what becomes of inputs of integers, which a network gets as floats. */
final class IntegerInputs {

  /** Operators that only move or choose numbers, which may be integers then. */
  private static final Set<String> MOVES =
      Set.of(
          "Concat",
          "DepthToSpace",
          "Expand",
          "Flatten",
          "Gather",
          "Identity",
          "MaxPool",
          "Pad",
          "ReduceMax",
          "ReduceMin",
          "Reshape",
          "Slice",
          "SpaceToDepth",
          "Split",
          "Squeeze",
          "Tile",
          "Transpose",
          "Unsqueeze");

  private IntegerInputs() {}

  /**
   * Whether the integers of an input are only moved before a cast, or before an operator that wants
   * quantised numbers; other operators would compute with integers and round differently.
   */
  static boolean areMoved(Onnx.Graph graph, String name) {
    Set<String> integers = new HashSet<>(List.of(name));
    // Nodes come behind those that they read.
    for (Onnx.Node node : graph.nodes()) {
      boolean reads = node.reads().stream().anyMatch(integers::contains);
      if (reads && MOVES.contains(node.operator())) {
        integers.addAll(node.outputs());
      } else if (reads
          && !node.operator().equals("Cast")
          && !QuantizedOperators.reads(node.operator())) {
        return false;
      }
    }
    return true;
  }
}
