package dev.cnnc.compiler.onnx.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.lower.GraphPrinter;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever the graph, its text is that graph. */
class NetworkTextTest {

  private static final int GRAPHS = 300;

  /** Unchecked: what is wrong must not be hidden by the plain text that would replace it. */
  private static String text(Graph graph) {
    Network network = CompiledGraph.improved(graph).with(graph);
    return NetworkText.structured(network, Optional.empty());
  }

  /** As files can say it: a pool for the largest has no word about its padding's weight. */
  private static Graph written(Graph graph) {
    Network network = CompiledGraph.improved(graph).with(graph);
    return read(GraphPrinter.print(network, Optional.empty()).text());
  }

  private static Graph read(String text) {
    return Lowering.lower(Parser.parse(new Source("text", text)), Path.of(""))
        .network()
        .orElseThrow()
        .graph();
  }

  @Test
  void randomGraphsComeBack() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph graph = written(RandomGraphs.of(seed));
      String text = text(graph);
      assertThat(SameNetwork.is(graph, read(text))).as("seed " + seed + "\n" + text).isTrue();
    }
  }

  @Test
  void graphsOfSeveralInputsComeBack() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph graph = written(RandomGraphs.ofSeveralInputs(seed));
      String text = text(graph);
      assertThat(SameNetwork.is(graph, read(text))).as("seed " + seed + "\n" + text).isTrue();
    }
  }

  @Test
  void anotherInputIsAnotherValue() {
    assertThat(SameNetwork.is(difference(0, 1), difference(0, 1))).isTrue();
    assertThat(SameNetwork.is(difference(0, 1), difference(1, 0))).isFalse();
  }

  private static Graph difference(int one, int other) {
    GraphBuilder graph = new GraphBuilder(2, 3, 3);
    graph.input("second", 2, 3, 3);
    Op sub = new Computation.Combine(Computation.Operator.SUB);
    return graph.build(graph.add("sub", sub, one, other));
  }

  @Test
  void anotherGraphIsAnotherGraph() {
    assertThat(SameNetwork.is(RandomGraphs.of(1), RandomGraphs.of(2))).isFalse();
    assertThat(SameNetwork.is(RandomGraphs.of(1), RandomGraphs.of(1))).isTrue();
  }

  /** Each of these sums would stand in a branch of the next. */
  @Test
  void deepBranchesGetNames() {
    GraphBuilder graph = new GraphBuilder(2, 3, 3);
    int value = 0;
    for (int i = 0; i < 400; i++) {
      int relu = graph.activate("relu" + i, new Activation.Relu(), value);
      value = graph.add("add" + i, new Op.Add(), 0, relu);
    }
    Graph deep = graph.build(value);
    assertThat(SameNetwork.is(deep, read(text(deep)))).isTrue();
  }
}
