package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.ir.Node;
import java.util.List;
import java.util.stream.Stream;

/** A step of a chain. */
sealed interface Step {

  /** A value that has a name; it begins a chain. */
  record Source(int node) implements Step {}

  /** A learned value; it begins a chain too. */
  record Learned(Node node) implements Step {}

  /** A layer. */
  record Layer(Node node) implements Step {}

  /** A combinator; a branch without steps is the input itself. */
  record Join(Node node, List<List<Step>> branches) implements Step {
    public Join {
      branches = branches.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A module: steps whose layers have a common prefix of names.
   *
   * @param label the name without the name of the enclosing scope
   */
  record Scope(String label, List<Step> steps) implements Step {
    public Scope {
      steps = List.copyOf(steps);
    }
  }

  /** The nodes with tensors, in the order of the text. */
  default Stream<Node> weighted() {
    return switch (this) {
      case Source _ -> Stream.of();
      case Learned(Node node) -> Stream.of(node);
      case Layer(Node node) -> Weights.of(node) ? Stream.of(node) : Stream.of();
      case Join(_, List<List<Step>> branches) ->
          branches.stream().flatMap(List::stream).flatMap(Step::weighted);
      case Scope(_, List<Step> steps) -> steps.stream().flatMap(Step::weighted);
    };
  }
}
