package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Infinity and what is no number, in texts and back. */
class InfinityTest {

  private static Graph again(String pipeline) {
    Network network = Texts.pipeline(pipeline);
    String text = GraphPrinter.print(network, Optional.empty()).text();
    return Texts.network(text).graph();
  }

  @Test
  void aBorderOfMinusInfinityComesBack() {
    assertThat(again("border(1, value: -infinity)").node(1).op())
        .isInstanceOfSatisfying(
            Rearrangement.Border.class,
            border -> assertThat(border.value()).isEqualTo(Double.NEGATIVE_INFINITY));
  }

  @Test
  void numbersThatAreNoneComeBack() {
    assertThat(again("scale(infinity, shift: nan)").node(1).op())
        .isEqualTo(new Op.Activate(new Activation.Linear(Double.POSITIVE_INFINITY, Double.NaN)));
  }

  @Test
  void aZeroKeepsItsSign() {
    assertThat(again("clip(min: -0.0)").node(1).op())
        .isEqualTo(new Op.Activate(new Activation.Clip(-0.0, Double.POSITIVE_INFINITY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"leaky_relu(infinity)", "clip(min: nan)", "bn(eps: infinity)"})
  void otherLayersTakeNumbers(String pipeline) {
    assertThat(Texts.report("network n\ninput image [3, 8, 8]\nimage -> " + pipeline))
        .contains("E203")
        .containsAnyOf("a number", "a number or infinity");
  }
}
