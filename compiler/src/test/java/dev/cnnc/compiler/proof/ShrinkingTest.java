package dev.cnnc.compiler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.GraphVerifier;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.testing.RandomGraphs;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ShrinkingTest {

  /** A fault of one layer, wherever it stands, is shown by that layer behind an input. */
  @Test
  void findsTheLayerThatFails() {
    Predicate<Graph> fails =
        graph ->
            GraphVerifier.verify(graph).nodes().stream().anyMatch(it -> it.op() instanceof Op.Fc);
    int found = 0;
    for (long seed = 0; seed < 40; seed++) {
      Graph graph = RandomGraphs.ofSeveralInputs(seed);
      if (fails.test(graph)) {
        found++;
        Graph smallest = Shrinking.smallest(graph, fails);
        assertThat(smallest.nodes()).as("seed %s", seed).hasSize(2);
        assertThat(smallest.node(1).op()).isInstanceOf(Op.Fc.class);
      }
    }
    assertThat(found).isGreaterThan(5);
  }

  /** A fault of two layers in a row keeps both. */
  @Test
  void keepsWhatTheFaultNeeds() {
    Predicate<Graph> fails =
        graph ->
            graph.nodes().stream()
                .anyMatch(
                    node ->
                        node.op() instanceof Op.Activate
                            && graph.node(node.inputs().getFirst()).op() instanceof Op.Conv);
    int found = 0;
    for (long seed = 0; seed < 40; seed++) {
      Graph graph = RandomGraphs.of(seed);
      if (fails.test(graph)) {
        found++;
        assertThat(Shrinking.smallest(graph, fails).nodes()).as("seed %s", seed).hasSize(3);
      }
    }
    assertThat(found).isGreaterThan(5);
  }

  /** A fault may be that nothing reads an input. */
  @Test
  void keepsAnInputThatNothingReads() {
    Predicate<Graph> fails =
        graph ->
            graph.inputs().stream()
                .anyMatch(
                    input ->
                        graph.nodes().stream().noneMatch(it -> it.inputs().contains(input.id())));
    int found = 0;
    for (long seed = 0; seed < 40; seed++) {
      Graph graph = RandomGraphs.ofSeveralInputs(seed);
      if (fails.test(graph)) {
        found++;
        Graph smallest = Shrinking.smallest(graph, fails);
        // A layer of one input or of two, and the input that it does not read.
        assertThat(smallest.nodes()).as("seed %s", seed).hasSizeLessThanOrEqualTo(4);
      }
    }
    assertThat(found).isGreaterThan(2);
  }
}
