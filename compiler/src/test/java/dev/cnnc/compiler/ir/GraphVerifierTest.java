package dev.cnnc.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.testing.GraphBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each promise of a graph, broken. */
class GraphVerifierTest {

  private static final Shape SHAPE = new Shape(3, 4, 4);

  private static final Node INPUT = node(0, "image", new Op.Input(), SHAPE);

  private static final Op RELU = new Op.Activate(new Activation.Relu());

  @Test
  void aGoodGraphComesBackItself() {
    Graph graph = graph(INPUT, node(1, "relu", RELU, SHAPE, 0));
    assertThat(GraphVerifier.verify(graph)).isSameAs(graph);
  }

  @Test
  void idsArePlaces() {
    assertBroken("has id 2 at place 1", INPUT, node(2, "relu", RELU, SHAPE, 0));
  }

  @Test
  void inputsComeBeforeTheirReaders() {
    assertBroken("reads node 1, which is not before it", INPUT, node(1, "relu", RELU, SHAPE, 1));
    assertBroken("reads node -1", INPUT, node(1, "relu", RELU, SHAPE, -1));
  }

  @Test
  void inputsStandBeforeAllOthers() {
    assertBroken("has no input", node(0, "relu", RELU, SHAPE));
    assertBroken(
        "an input stands behind other nodes",
        INPUT,
        node(1, "relu", RELU, SHAPE, 0),
        node(2, "other", new Op.Input(), SHAPE));
    assertBroken("cannot be an input", node(0, "image", new Op.Input(), new Shape(0, 4, 4)));
  }

  @Test
  void namesAreUnique() {
    assertBroken("has a name that is not its own", INPUT, node(1, "image", RELU, SHAPE, 0));
    assertBroken("has a name that is not its own", INPUT, node(1, "", RELU, SHAPE, 0));
  }

  @Test
  void shapesAreTheSignatures() {
    assertBroken("says [3], but makes [3, 4, 4]", INPUT, node(1, "relu", RELU, Shape.vector(3), 0));
    assertBroken("needs 1 input, but has 2", INPUT, node(1, "relu", RELU, SHAPE, 0, 0));
  }

  @Test
  void thereAreOutputsOfDifferentNames() {
    List<Node> nodes = List.of(INPUT);
    assertThatThrownBy(() -> GraphVerifier.verify(new Graph("g", nodes, List.of())))
        .hasMessage("graph g has no output");
    assertThatThrownBy(
            () -> GraphVerifier.verify(new Graph("g", nodes, List.of(new Graph.Output("a", 1)))))
        .hasMessageContaining("has a bad output");
    Graph.Output output = new Graph.Output("a", 0);
    assertThatThrownBy(() -> GraphVerifier.verify(new Graph("g", nodes, List.of(output, output))))
        .hasMessageContaining("has a bad output");
  }

  private static void assertBroken(String message, Node... nodes) {
    assertThatThrownBy(() -> GraphVerifier.verify(graph(nodes)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  private static Graph graph(Node... nodes) {
    return new Graph("g", List.of(nodes), List.of(new Graph.Output("out", nodes.length - 1)));
  }

  private static Node node(int id, String name, Op op, Shape shape, Integer... inputs) {
    return new Node(id, name, op, List.of(inputs), shape, GraphBuilder.NOWHERE);
  }
}
