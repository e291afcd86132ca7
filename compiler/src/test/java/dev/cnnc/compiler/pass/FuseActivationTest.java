package dev.cnnc.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuseActivationTest extends PassTest {

  @Test
  void becomesTheEpilogueOfAConv() {
    int conv = graph.conv("conv1", 0, 8, Window.of(3, 3));
    int fc = graph.fc("fc1", graph.relu("relu1", conv), 5);
    assertBecomes(
        new FuseActivation(),
        graph.activate("gelu", new Activation.Gelu(), fc),
        """
        input = Input() [4, 6, 6]
        conv1 = Conv(input) weight: conv1.weight bias: conv1.bias then: Relu [8, 4, 4]
        fc1 = Fc(conv1) weight: fc1.weight bias: fc1.bias then: Gelu [5]
        -> gelu=fc1
        """);
  }

  @Test
  void comesBehindTheResidual() {
    int conv = graph.conv("conv1", 0, 4, Window.of(1, 1));
    int relu = graph.relu("relu", graph.add("add", new Op.Add(), conv, 0));
    assertThat(
            Passes.run(List.of(new FuseResidual(), new FuseActivation()), graph.build(relu))
                .getLast()
                .graph()
                .nodes())
        .extracting(node -> node.name() + node.inputs())
        .containsExactly("input[]", "conv1[0, 0]");
  }

  @Test
  void becomesTheEndOfAScale() {
    int scale = graph.scale("scale", graph.add("pool", new Op.GlobalPool(Op.Reduction.MAX), 0));
    assertBecomes(
        new FuseActivation(),
        graph.relu("relu", scale),
        """
        input = Input() [4, 6, 6]
        pool = GlobalPool(input) [4]
        scale = Scale(pool) factor: scale.weight shift: scale.bias then: Relu [4]
        -> relu=scale
        """);
  }

  @Test
  void refusesAScaleThatOthersRead() {
    int scale = graph.scale("scale", 0);
    int relu = graph.relu("relu", scale);
    int again = graph.relu("again", graph.relu("once", graph.scale("other", relu)));
    assertThat(refusals(new FuseActivation(), scale, again))
        .containsExactly("relu: scale is no conv or fc", "again: other is no conv or fc");
  }

  @Test
  void refusesASecondActivation() {
    int relu = graph.relu("relu", graph.conv("conv1", 0, 8, Window.of(1, 1)));
    int tanh = graph.activate("tanh", new Activation.Tanh(), relu);
    assertThat(refusals(new FuseActivation(), tanh))
        .containsExactly("tanh: conv1 has an activation already");
  }

  @Test
  void refusesOtherReadersOutputsAndOtherLayers() {
    int conv = graph.conv("conv1", 0, 4, Window.of(1, 1));
    int first = graph.relu("first", conv);
    int second = graph.relu("second", conv);
    int third = graph.relu("third", graph.add("add", new Op.Add(), first, second));
    int fourth = graph.relu("fourth", graph.conv("conv2", third, 4, Window.of(1, 1)));
    assertThat(refusals(new FuseActivation(), fourth, fourth - 1))
        .containsExactly(
            "first: conv1 has 2 readers",
            "second: conv1 has 2 readers",
            "third: add is no conv or fc",
            "fourth: conv2 is an output");
    assertKeeps(new FuseActivation(), graph.build(fourth, fourth - 1));
  }
}
