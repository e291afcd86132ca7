package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of each step is said of what it does. */
class CommentsTest {

  /** The stem's squares and the halo around what it writes compute nothing; the convs do. */
  @Test
  void onlyWhoComputesHasMacs() {
    GraphBuilder graph = new GraphBuilder(3, 64, 64);
    int stem = graph.conv("stem", 0, 64, new Window(7, 7, 2, 2, 1, 1, Padding.all(3)));
    int conv = graph.conv("conv", stem, 64, new Window(3, 3, 1, 1, 1, 1, Padding.all(1)));
    assertThat(comments(graph, conv))
        .containsExactly(
            "{@code stem}, test.cnn:1:1: 2x2 pixels as the channels of one;"
                + " [3, 64, 64] to [12, 38, 38].",
            "{@code stem}, test.cnn:1:1: zeros around it, where other values lay; [64, 32, 32].",
            "{@code stem}, test.cnn:1:1: conv 64@7x7 stride 2 pad 3;"
                + " [3, 64, 64] to [64, 32, 32]; 9,633,792 MACs.",
            "{@code conv}, test.cnn:1:1: conv 64@3x3 pad 1;"
                + " [64, 32, 32] to [64, 32, 32]; 37,748,736 MACs.");
  }

  @Test
  void whatIsAppliedWhileReadingIsNamed() {
    GraphBuilder graph = new GraphBuilder(32, 8, 9);
    int pool = graph.add("pool", new Op.GlobalPool(Op.Reduction.AVERAGE), 0);
    int gate = graph.add("gate", new Op.Multiply(), 0, pool);
    assertThat(comments(graph, graph.conv("conv", gate, 16, Window.of(1, 1))).getLast())
        .isEqualTo(
            "{@code conv}, test.cnn:1:1: conv 16@1x1; applies {@code gate} while it reads;"
                + " [32, 8, 9] to [16, 8, 9]; 36,864 MACs.");
  }

  private static List<String> comments(GraphBuilder graph, int output) {
    CompiledGraph compiled = CompiledGraph.of(graph.build(output));
    return compiled.backend().plan().steps().stream()
        .map(step -> Comments.ofLayer(compiled.backend().plan().network().graph(), step))
        .toList();
  }
}
