package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.ir.Node;
import java.util.List;
import java.util.stream.Stream;

/** What stands between two arrows. */
sealed interface Step {

  /** A value that has a name; it begins a chain. */
  record Source(int node) implements Step {}

  /** A learned value; it begins a chain too. */
  record Learned(Node node) implements Step {}

  /** A layer. */
  record Layer(Node node) implements Step {}

  /** A combinator; a branch without steps is what flows in. */
  record Join(Node node, List<List<Step>> branches) implements Step {
    public Join {
      branches = branches.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Steps whose layers' names begin alike.
   *
   * @param label what follows the name of the scope around
   */
  record Scope(String label, List<Step> steps) implements Step {
    public Scope {
      steps = List.copyOf(steps);
    }
  }

  /** The nodes with tensors of their own, in the order of the text. */
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
