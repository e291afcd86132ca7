package dev.cnnc.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.testing.GraphText;
import org.junit.jupiter.api.Test;

class LearnedScaleTest extends PassTest {

  @Test
  void becomesAScale() {
    assertBecomes(
        new LearnedScale(),
        graph.add("mul", new Op.Multiply(), gamma(), 0),
        """
        input = Input() [4, 6, 6]
        mul = Scale(input) factor: gamma as [4] shift: 0.0 [4, 6, 6]
        -> mul=mul
        """);
  }

  /** A shift of zeros is nothing that was learned. */
  @Test
  void hasAsManyParametersAsBefore() {
    Graph before = graph.build(graph.add("mul", new Op.Multiply(), gamma(), 0));
    assertThat(Cost.of(before).parameters()).isEqualTo(4);
    assertThat(Cost.of(improved(before)).parameters()).isEqualTo(4);
  }

  @Test
  void whicheverComesFirst() {
    assertBecomes(
        new LearnedScale(),
        graph.add("mul", new Op.Multiply(), 0, gamma()),
        """
        input = Input() [4, 6, 6]
        mul = Scale(input) factor: gamma as [4] shift: 0.0 [4, 6, 6]
        -> mul=mul
        """);
  }

  /** ConvNeXt: with the factor in its weights, the last fc of a unit adds the residual too. */
  @Test
  void allPassesMakeOneFcOfLayerScaleAndResidual() {
    int fc = graph.pixelFc("fc", graph.layerNorm("norm", 0), 4);
    int mul = graph.add("mul", new Op.Multiply(), gamma(), fc);
    assertThat(GraphText.of(improved(graph.build(graph.add("add", new Op.Add(), 0, mul)))))
        .isEqualTo(
            """
            input = Input() [4, 6, 6]
            norm = LayerNorm(input) [4, 6, 6]
            fc = Conv(norm, input) weight: fc.weight * gamma as [4] \
            bias: (fc.bias * gamma as [4] + 0.0) then: Add [4, 6, 6]
            -> add=fc\
            """);
  }

  @Test
  void aConvThatOthersReadKeepsItsWeights() {
    int conv = graph.conv("conv", 0, 4, Window.of(1, 1));
    int mul = graph.add("mul", new Op.Multiply(), gamma(), conv);
    Graph after = improved(graph.build(mul, graph.add("cat", new Op.Concat(), mul, conv)));
    assertThat(GraphText.of(after))
        .contains("conv = Conv(input) weight: conv.weight bias: conv.bias [4, 6, 6]")
        .contains("mul = Scale(conv) factor: gamma as [4] shift: 0.0 [4, 6, 6]");
  }

  @Test
  void anActivationInBetweenStays() {
    int conv = graph.relu("relu", graph.conv("conv", 0, 4, Window.of(1, 1)));
    int mul = graph.add("mul", new Op.Multiply(), gamma(), conv);
    assertThat(GraphText.of(improved(graph.build(mul))))
        .contains("conv = Conv(input) weight: conv.weight bias: conv.bias then: Relu [4, 6, 6]")
        .contains("mul = Scale(conv) factor: gamma as [4] shift: 0.0 [4, 6, 6]");
  }

  @Test
  void refusesOneNumberAPixel() {
    int whole = graph.learned("whole", 4, 6, 6);
    int mul = graph.add("mul", new Op.Multiply(), 0, whole);
    assertThat(refusals(new LearnedScale(), mul))
        .containsExactly("mul: whole is not one number a channel");
    assertKeeps(new LearnedScale(), graph.build(mul));
  }

  @Test
  void refusesAPixelThatIsRepeated() {
    int pixel = graph.add("gap", new Op.GlobalPool(Op.Reduction.MAX), 0);
    int whole = graph.learned("whole", 4, 6, 6);
    int mul = graph.add("mul", new Op.Multiply(), pixel, whole);
    assertThat(refusals(new LearnedScale(), mul))
        .containsExactly("mul: whole is not one number a channel");
  }

  @Test
  void refusesMoreThanTwoValues() {
    int mul = graph.add("mul", new Op.Multiply(), 0, 0, gamma());
    assertThat(refusals(new LearnedScale(), mul))
        .containsExactly("mul: it multiplies 3 values, not two");
    assertKeeps(new LearnedScale(), graph.build(mul));
  }

  @Test
  void productsOfOtherValuesAreNoneOfItsBusiness() {
    int gate = graph.add("gap", new Op.GlobalPool(Op.Reduction.MAX), 0);
    int mul = graph.add("mul", new Op.Multiply(), 0, gate);
    assertThat(refusals(new LearnedScale(), mul)).isEmpty();
    assertKeeps(new LearnedScale(), graph.build(mul));
  }

  private int gamma() {
    return graph.learned("gamma", 4, 1, 1);
  }

  private static Graph improved(Graph before) {
    return Passes.run(before).getLast().graph();
  }
}
