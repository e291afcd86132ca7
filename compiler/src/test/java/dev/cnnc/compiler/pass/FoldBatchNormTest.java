package dev.cnnc.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldBatchNormTest extends PassTest {

  private static final Window WINDOW = Window.of(3, 3);

  @Test
  void goesIntoAConvWithoutBias() {
    int conv = graph.conv("conv1", 0, 8, WINDOW, 1, false);
    assertBecomes(
        new FoldBatchNorm(),
        graph.batchNorm("bn1", conv),
        """
        input = Input() [4, 6, 6]
        conv1 = Conv(input) \
        weight: conv1.weight * bn1.weight * 1/sqrt(bn1.running_var + 1.0E-5) \
        bias: (bn1.bias + bn1.running_mean * bn1.weight * 1/sqrt(bn1.running_var + 1.0E-5) * -1.0) \
        [8, 4, 4]
        -> bn1=conv1
        """);
  }

  @Test
  void goesIntoAnFcAndItsBias() {
    int fc = graph.fc("fc1", 0, 5);
    assertBecomes(
        new FoldBatchNorm(),
        graph.scale("scale1", fc),
        """
        input = Input() [4, 6, 6]
        fc1 = Fc(input) weight: fc1.weight * scale1.weight \
        bias: (fc1.bias * scale1.weight + scale1.bias) [5]
        -> scale1=fc1
        """);
  }

  @Test
  void twoInARowGoIntoOneConv() {
    int conv = graph.conv("conv1", 0, 8, WINDOW);
    assertBecomes(
        new FoldBatchNorm(),
        graph.scale("second", graph.scale("first", conv)),
        """
        input = Input() [4, 6, 6]
        conv1 = Conv(input) weight: conv1.weight * first.weight * second.weight \
        bias: ((conv1.bias * first.weight + first.bias) * second.weight + second.bias) [8, 4, 4]
        -> second=conv1
        """);
  }

  @Test
  void plainNumbersBehindAConvLeaveTheEpilogueToTheActivation() {
    int conv = graph.conv("conv1", 0, 8, WINDOW);
    int shift = graph.activate("shift", new Activation.Linear(0.5, 3), conv);
    assertBecomes(
        new FoldBatchNorm(),
        graph.activate("act", new Activation.Hardswish(), shift),
        """
        input = Input() [4, 6, 6]
        conv1 = Conv(input) weight: conv1.weight * 0.5 bias: (conv1.bias * 0.5 + 3.0) [8, 4, 4]
        act = Activate(conv1) [8, 4, 4]
        -> act=act
        """);
  }

  @Test
  void plainNumbersBehindAnythingElseStayAnActivation() {
    assertKeeps(
        new FoldBatchNorm(),
        graph.build(graph.activate("shift", new Activation.Linear(0.5, 3), graph.relu("relu", 0))));
  }

  @Test
  void becomesAScaleBehindAnythingElse() {
    int norm = graph.batchNorm("bn1", 0);
    assertBecomes(
        new FoldBatchNorm(),
        norm,
        """
        input = Input() [4, 6, 6]
        bn1 = Scale(input) factor: bn1.weight * 1/sqrt(bn1.running_var + 1.0E-5) \
        shift: (bn1.bias + bn1.running_mean * bn1.weight * 1/sqrt(bn1.running_var + 1.0E-5) * -1.0) \
        [4, 6, 6]
        -> bn1=bn1
        """);
    assertThat(refusals(new FoldBatchNorm(), norm)).containsExactly("bn1: input is no conv or fc");
  }

  @Test
  void refusesAConvWithAnotherReader() {
    int conv = graph.conv("conv1", 0, 8, WINDOW);
    int norm = graph.batchNorm("bn1", conv);
    int join = graph.add("cat", new Op.Concat(), norm, conv);
    assertThat(refusals(new FoldBatchNorm(), join)).containsExactly("bn1: conv1 has 2 readers");
  }

  @Test
  void refusesAnOutput() {
    int conv = graph.conv("conv1", 0, 8, WINDOW);
    int norm = graph.batchNorm("bn1", conv);
    assertThat(refusals(new FoldBatchNorm(), norm, conv))
        .containsExactly("bn1: conv1 is an output");
  }

  @Test
  void refusesAnEpilogue() {
    int relu = graph.relu("relu1", graph.conv("conv1", 0, 8, WINDOW));
    int norm = graph.batchNorm("bn1", relu);
    Passes.Step fused = Passes.run(List.of(new FuseActivation()), graph.build(norm)).getLast();
    Refusals refusals = new Refusals();
    new FoldBatchNorm().apply(fused.graph(), refusals);
    assertThat(refusals.all())
        .extracting(Refusals.Refusal::reason)
        .containsExactly("the epilogue of conv1 comes in between");
  }
}
