package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import java.util.Optional;

/**
 * Removes layers that change no number, and layers that no output needs. A sum of learned tensors
 * becomes one learned tensor.
 */
record RemoveNothings() implements Pass {

  @Override
  public String reason() {
    return "layers that do nothing at inference only hide their neighbours from each other";
  }

  @Override
  public Graph apply(Graph written, Refusals refusals) {
    Graph graph =
        Rewriter.rewrite(
            written, (node, to) -> to.keep(node)); // dead nodes do not count as readers
    Flattening flattening = Flattening.of(graph);
    return Rewriter.rewrite(
        graph,
        (node, to) -> {
          Optional<Recipe> constant = constant(node, to);
          if (constant.isPresent()) {
            to.constant(node, constant.get());
          } else if (Nothing.is(node, graph)) {
            to.forward(node, node.inputs().getFirst());
          } else if (node.op() instanceof Op.Flatten) {
            unflatten(node, flattening, to, refusals);
          } else {
            to.replace(node, node.op(), shape(node, to));
          }
        });
  }

  private static void unflatten(Node node, Flattening flattening, Rewriter to, Refusals refusals) {
    Optional<String> obstacle = flattening.obstacle(node);
    if (obstacle.isEmpty()) {
      to.forward(node, node.inputs().getFirst());
    } else {
      refusals.add(node, obstacle.get());
      to.keep(node);
    }
  }

  /** Behind a removed flatten, an activation gets the shape of the picture. */
  private static Shape shape(Node node, Rewriter to) {
    return node.op() instanceof Op.Activate
        ? to.producer(node.inputs().getFirst()).shape()
        : node.shape();
  }

  private static Optional<Recipe> constant(Node node, Rewriter to) {
    if (!(node.op() instanceof Op.Add)) {
      return Optional.empty();
    }
    List<Recipe> terms =
        node.inputs().stream()
            .map(id -> to.producer(id).op())
            .filter(Op.Learned.class::isInstance)
            .map(op -> ((Op.Learned) op).tensor())
            .toList();
    return terms.size() == node.inputs().size()
        ? terms.stream().reduce(Recipe.Sum::new)
        : Optional.empty();
  }
}
