package dev.cnnc.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SumsTest extends OpTest {

  @Test
  void convIsNotMirrored() {
    GraphBuilder graph = new GraphBuilder(1, 2, 3);
    graph.conv("conv", 0, 1, Window.of(2, 2));
    weights("conv.weight", 1, 10, 100, 1000);
    weights("conv.bias", 0.5);
    assertThat(run(graph, 1, 2, 3, 4, 5, 6)).containsExactly(5421.5, 6532.5);
  }

  @Test
  void convStridesAndPadsEachSideByItself() {
    GraphBuilder graph = new GraphBuilder(1, 3, 3);
    graph.conv("conv", 0, 1, new Window(2, 2, 2, 3, 1, 1, new Padding(1, 0, 0, 2)));
    weights("conv.weight", 1, 10, 100, 1000);
    weights("conv.bias", 0);
    // Rows -1 and 1, columns 0 and 3 are where the windows begin.
    assertThat(run(graph, counting(9))).containsExactly(2100, 0, 8754, 0);
  }

  @Test
  void convSkipsPixelsWhenDilated() {
    GraphBuilder graph = new GraphBuilder(1, 3, 4);
    graph.conv("conv", 0, 1, new Window(2, 2, 1, 1, 2, 3, Padding.NONE));
    weights("conv.weight", 1, 10, 100, 1000);
    weights("conv.bias", 0);
    assertThat(run(graph, counting(12))).containsExactly(1 + 40 + 900 + 12000);
  }

  @Test
  void convSumsOverItsGroupOnly() {
    GraphBuilder graph = new GraphBuilder(4, 1, 1);
    graph.conv("conv", 0, 2, Window.of(1, 1), 2, false);
    weights("conv.weight", 1, 10, 100, 1000);
    assertThat(run(graph, 1, 2, 3, 4)).containsExactly(21, 4300);
  }

  @Test
  void depthwiseFiltersMayBeSeveralAChannel() {
    GraphBuilder graph = new GraphBuilder(2, 1, 1);
    graph.conv("conv", 0, 4, Window.of(1, 1), 2, false);
    weights("conv.weight", 1, 10, 100, 1000);
    assertThat(run(graph, 3, 5)).containsExactly(3, 30, 500, 5000);
  }

  @Test
  void fcFlattensChannelsThenRowsThenColumns() {
    GraphBuilder graph = new GraphBuilder(2, 2, 2);
    graph.fc("fc", 0, 2);
    weights("fc.weight", 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 10, 100, 1000, 0, 0, 0);
    weights("fc.bias", 0.25, 0);
    assertThat(run(graph, counting(8))).containsExactly(1.25, 2 + 30 + 400 + 5000);
  }

  @Test
  void theEpilogueAddsThenActivates() {
    GraphBuilder graph = new GraphBuilder(2, 1, 1);
    Op conv =
        new Op.Conv(
            2,
            Window.of(1, 1),
            1,
            new Recipe.Filled(-1, List.of(2, 2, 1, 1)),
            Optional.empty(),
            new Epilogue(true, new Activation.Relu()));
    graph.add("conv", conv, 0, 0);
    assertThat(run(graph, -3, 1)).containsExactly(0, 3);
  }
}
