package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arithmetic, parameters and what words mean where, seen through the filters of a conv. */
class ExpressionsTest {

  private static final String HEAD = "network n\ninput image [3, 8, 6]\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 + 2 * 3                              | 7
          (1 + 2) * 3                            | 9
          7 - 2 - 1                              | 4
          12 / 3 / 2                             | 2
          17 % 5                                 | 2
          -17 % 5                                | 3
          -(-4)                                  | 4
          channels * 10 + height + width         | 44
          max(1, 5, 3)                           | 5
          min(4, 2, 3)                           | 2
          round_up(17, 8)                        | 24
          round_up(16, 8)                        | 16
          when channels == 3 then 5 else 6       | 5
          when 1 > 2 or 3 >= 3 then 5 else 6     | 5
          when not (1 < 2) and 1 / 0 > 1 then 5 else 6 | 6
          when true or 1 / 0 > 1 then 5 else 6   | 5
          when 1 == 1.0 and 2 != 3 then 5 else 6 | 5
          when 3x3 == size(3, 3) then 5 else 6   | 5
          when 0.5 * 2 <= 1 then 5 else 6        | 5
          """)
  void numbers(String expression, int worth) {
    assertThat(filters("image -> conv(" + expression + ", 1)")).isEqualTo(worth);
  }

  @Test
  void divisionThatDoesNotComeOutEvenIsReal() {
    Network network = Texts.network(HEAD + "image -> leaky_relu(1 / 4)");
    assertThat(network.graph().nodes().getLast().op())
        .hasToString("Activate[function=LeakyRelu[slope=0.25]]");
  }

  @Test
  void defaultsAreEvaluatedAtTheCallAndSeeEarlierParameters() {
    assertThat(
            filters("block unit(a, b: channels + a) = conv(b, 1)\nimage -> conv(5, 1) -> unit(2)"))
        .isEqualTo(7);
  }

  @Test
  void sidesAreThoseOfTheValueThatEntersTheCall() {
    assertThat(
            filters(
                "block unit(full: channels) = conv(1, 1) -> conv(full + channels, 1)\n"
                    + "image -> conv(5, 1) -> unit()"))
        .isEqualTo(6);
  }

  @Test
  void indexIsKnownInArgumentsButNotInsideTheBlock() {
    assertThat(filters("block unit(n) = conv(n, 1)\nimage -> unit(10 + index) * 3")).isEqualTo(12);
  }

  @Test
  void recursionEndsUnderAWhen() {
    Network network =
        Texts.network(
            HEAD
                + "block fractal(n) = when n == 0 then relu else add(fractal(n - 1), fractal(n -"
                + " 1))\n"
                + "image -> fractal(4)");
    assertThat(network.graph().nodes()).filteredOn(n -> n.op() instanceof Op.Activate).hasSize(16);
    assertThat(network.graph().nodes()).filteredOn(n -> n.op() instanceof Op.Add).hasSize(15);
  }

  @Test
  void parametersCarryLayersValuesAndWords() {
    Network network =
        Texts.network(
            HEAD
                + "block unit(act, skip, pad: same) = conv(3, 3, pad: pad, activation: act) -> act"
                + " -> add(identity, skip)\n"
                + "stem = image -> tanh\n"
                + "stem -> unit(relu, stem) -> unit(leaky_relu, image, pad: 1)");
    assertThat(network.graph().nodes().getLast().inputs()).contains(0);
    assertThat(network.graph().nodes())
        .extracting(node -> node.op().getClass().getSimpleName())
        .containsExactly("Input", "Activate", "Conv", "Activate", "Add", "Conv", "Activate", "Add");
  }

  @Test
  void aRepetitionOfZeroIsNothing() {
    assertThat(Texts.network(HEAD + "image -> relu * 0 -> tanh").graph().nodes()).hasSize(2);
  }

  @Test
  void aChoiceWithoutElseDoesNothing() {
    assertThat(Texts.network(HEAD + "image -> when channels > 3 then relu -> tanh").graph().nodes())
        .hasSize(2);
  }

  @Test
  void severalOutputsKeepTheirOrderAndNames() {
    Network network =
        Texts.network(
            HEAD
                + "stem = image -> relu\noutput mask = stem -> conv(1, 1) -> sigmoid\n"
                + "stem -> gap -> fc(2)\noutput again = mask");
    assertThat(network.graph().outputs())
        .extracting(output -> output.name() + output.node())
        .containsExactly("mask3", "output5", "again3");
    assertThat(network.inputs()).containsExactly(Network.Input.of("image"));
  }

  @Test
  void anInputMayBeAVector() {
    assertThat(Texts.network("network n\ninput x [784]\nx -> fc(10)").graph().node(0).shape())
        .isEqualTo(Shape.vector(784));
  }

  private static int filters(String body) {
    return Texts.network(HEAD + body).graph().nodes().getLast().shape().channels();
  }
}
