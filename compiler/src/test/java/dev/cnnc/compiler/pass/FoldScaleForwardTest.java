package dev.cnnc.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import org.junit.jupiter.api.Test;

class FoldScaleForwardTest extends PassTest {

  private static final Window PADDED = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));

  @Test
  void goesIntoTheWeightsAndTheBiasOfAConvOfOnePixel() {
    int scale = graph.activate("scale", new Activation.Linear(2, 3), 0);
    assertBecomes(
        new FoldScaleForward(),
        graph.conv("conv", scale, 8, Window.of(1, 1)),
        """
        input = Input() [4, 6, 6]
        conv = Conv(input) weight: conv.weight * 2.0 bias: (conv.bias + conv.weight x 3.0) [8, 6, 6]
        -> conv=conv
        """);
  }

  @Test
  void twoInARowGoIntoOneFc() {
    int first = graph.activate("first", new Activation.Linear(2, 3), 0);
    int second = graph.activate("second", new Activation.Linear(5, 0), first);
    assertBecomes(
        new FoldScaleForward(),
        graph.fc("fc", second, 8),
        """
        input = Input() [4, 6, 6]
        fc = Fc(input) weight: fc.weight * 5.0 * 2.0 bias: (fc.bias + fc.weight * 5.0 x 3.0) [8]
        -> fc=fc
        """);
  }

  @Test
  void aPaddedConvTakesAFactorAlone() {
    int scale = graph.activate("scale", new Activation.Linear(2, 0), 0);
    assertBecomes(
        new FoldScaleForward(),
        graph.conv("conv", scale, 8, PADDED, 1, false),
        """
        input = Input() [4, 6, 6]
        conv = Conv(input) weight: conv.weight * 2.0 bias: 0.0 [8, 6, 6]
        -> conv=conv
        """);
    int shift = graph.activate("shift", new Activation.Linear(2, 3), 0);
    assertThat(refusals(new FoldScaleForward(), graph.conv("other", shift, 8, PADDED)))
        .containsExactly("other: the padding does not get the shift of shift");
  }

  @Test
  void refusesAScaleThatOthersRead() {
    int scale = graph.activate("scale", new Activation.Linear(2, 0), 0);
    int conv = graph.conv("conv", scale, 8, Window.of(1, 1));
    int other = graph.relu("relu", scale);
    assertThat(refusals(new FoldScaleForward(), conv, other))
        .containsExactly("conv: scale has 2 readers");
  }

  @Test
  void refusesAnOutputAndAFactorThatIsNotFinite() {
    int scale = graph.activate("scale", new Activation.Linear(2, 0), 0);
    int conv = graph.conv("conv", scale, 8, Window.of(1, 1));
    int infinite = graph.activate("infinite", new Activation.Linear(1.0 / 0, 0), 0);
    int other = graph.conv("other", infinite, 8, Window.of(1, 1));
    assertThat(refusals(new FoldScaleForward(), scale, conv, other))
        .containsExactly(
            "conv: scale is an output",
            "other: a weight of zero times a number of infinite would be no number");
  }
}
