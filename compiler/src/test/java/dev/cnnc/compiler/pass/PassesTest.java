package dev.cnnc.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.GraphText;
import org.junit.jupiter.api.Test;

class PassesTest {

  /** Two basic blocks, the first with a downsample, and the classifier behind them. */
  private static Graph residualNetwork() {
    GraphBuilder graph = new GraphBuilder(3, 8, 8);
    int first = block(graph, "0", 0, 4, 2);
    int second = block(graph, "1", first, 4, 1);
    int pooled = graph.add("gap", new Op.GlobalPool(Op.Reduction.AVERAGE), second);
    int flat = graph.add("drop", new Op.Dropout(), graph.add("flat", new Op.Flatten(), pooled));
    return graph.build(graph.fc("fc", flat, 10));
  }

  private static int block(GraphBuilder graph, String name, int input, int filters, int stride) {
    Window window = new Window(3, 3, stride, stride, 1, 1, Padding.all(1));
    int conv1 = graph.conv(name + ".conv1", input, filters, window, 1, false);
    int relu1 = graph.relu(name + ".relu1", graph.batchNorm(name + ".bn1", conv1));
    Window plain = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));
    int conv2 = graph.conv(name + ".conv2", relu1, filters, plain, 1, false);
    int bn2 = graph.batchNorm(name + ".bn2", conv2);
    int around = input;
    if (stride > 1) {
      Window one = new Window(1, 1, stride, stride, 1, 1, Padding.NONE);
      int down = graph.conv(name + ".down.0", input, filters, one, 1, false);
      around = graph.batchNorm(name + ".down.1", down);
    }
    return graph.relu(name + ".relu2", graph.add(name + ".add", new Op.Add(), bn2, around));
  }

  @Test
  void ofAResidualNetworkOnlyConvsPoolAndFcRemain() {
    Graph graph = Passes.run(residualNetwork()).getLast().graph();
    assertThat(GraphText.of(graph).replaceAll(" (weight|bias): .*?(?=( then:| \\[))", ""))
        .isEqualTo(
            """
            input = Input() [3, 8, 8]
            0.conv1 = Conv(input) then: Relu [4, 4, 4]
            0.conv2 = Conv(0.conv1) [4, 4, 4]
            0.down.0 = Conv(input, 0.conv2) then: Add then: Relu [4, 4, 4]
            1.conv1 = Conv(0.down.0) then: Relu [4, 4, 4]
            1.conv2 = Conv(1.conv1, 0.down.0) then: Add then: Relu [4, 4, 4]
            gap = GlobalPool(1.conv2) [4]
            fc = Fc(gap) [10]
            -> fc=fc\
            """);
  }

  @Test
  void everyPassIsAStepWithAReason() {
    assertThat(Passes.run(residualNetwork()))
        .extracting(step -> step.pass().name() + ": " + step.pass().reason())
        .containsExactly(
            "RemoveNothings: layers that do nothing at inference only hide their neighbours from"
                + " each other",
            "LearnedScale: a scale folds into weights, the product of two values does not",
            "FoldBatchNorm: a batch norm folded into weights costs nothing",
            "FoldScaleForward: a factor in the weights saves a walk through memory",
            "FuseResidual: a residual added in registers saves two walks through memory",
            "FuseActivation: an activation in registers saves a walk through memory",
            "FoldBottleneck: two matrices are one, in a row or side by side");
  }
}
