package dev.cnnc.compiler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.GraphVerifier;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.testing.RandomGraphs;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ShrinkingTest {

  /** A fault of one layer, wherever it stands, is shown by that layer behind an input. */
  @Test
  void findsTheLayerThatFails() {
    Predicate<Graph> fails =
        graph ->
            GraphVerifier.verify(graph).nodes().stream().anyMatch(it -> it.op() instanceof Op.Fc);
    Map<Long, Graph> smallest = smallest(RandomGraphs::ofSeveralInputs, fails);
    smallest.forEach(
        (seed, graph) -> {
          assertThat(graph.nodes()).as("seed %s", seed).hasSize(2);
          assertThat(graph.node(1).op()).isInstanceOf(Op.Fc.class);
        });
    assertThat(smallest).hasSizeGreaterThan(5);
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
    Map<Long, Graph> smallest = smallest(RandomGraphs::of, fails);
    smallest.forEach((seed, graph) -> assertThat(graph.nodes()).as("seed %s", seed).hasSize(3));
    assertThat(smallest).hasSizeGreaterThan(5);
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
    Map<Long, Graph> smallest = smallest(RandomGraphs::ofSeveralInputs, fails);
    // A layer of one input or of two, and the input that it does not read.
    smallest.forEach(
        (seed, graph) -> assertThat(graph.nodes()).as("seed %s", seed).hasSizeLessThanOrEqualTo(4));
    assertThat(smallest).hasSizeGreaterThan(2);
  }

  /** What those of forty random graphs that fail shrink to, by their seeds. */
  private static Map<Long, Graph> smallest(LongFunction<Graph> random, Predicate<Graph> fails) {
    Map<Long, Graph> smallest = new TreeMap<>();
    for (long seed = 0; seed < 40; seed++) {
      Graph graph = random.apply(seed);
      if (fails.test(graph)) {
        smallest.put(seed, Shrinking.smallest(graph, fails));
      }
    }
    return smallest;
  }
}
