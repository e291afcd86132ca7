package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names are the contract with trained weights: each rule of the language's chapter on them. */
class NamesTest {

  private static final String HEAD = "network n\ninput image [3, 8, 8]\n";

  @Test
  void unlabelledLayersCountInTheOrderOfTheText() {
    assertThat(names(Texts.pipeline("conv(3, 1) -> relu -> [bn -> tanh]")))
        .containsExactly("0", "1", "2", "3");
  }

  @Test
  void labelledLayersTakeNoNumber() {
    assertThat(names(Texts.pipeline("stem: conv(3, 1) -> relu -> norm: bn -> tanh")))
        .containsExactly("stem", "0", "norm", "1");
  }

  @Test
  void aLabelledGroupOrRepetitionIsAScope() {
    assertThat(names(Texts.pipeline("a: [relu -> b: tanh] -> relu -> c: relu * 2")))
        .containsExactly("a.0", "a.b", "0", "c.0", "c.1");
  }

  @Test
  void aBlockCallIsAScopeAndTakesANumber() {
    assertThat(
            names(
                HEAD
                    + "block unit() = relu -> x: tanh\n"
                    + "image -> unit() -> relu -> y: unit() -> z: unit() * 2"))
        .containsExactly("0.0", "0.x", "1", "y.0", "y.x", "z.0.0", "z.0.x", "z.1.0", "z.1.x");
  }

  @Test
  void aPartIsSpliced() {
    assertThat(
            names(
                HEAD
                    + "part unit() = relu -> x: tanh\n"
                    + "image -> relu -> unit() -> relu -> y: unit()"))
        .containsExactly("0", "1", "x", "2", "y.0", "y.x");
  }

  @Test
  void bracketsChoicesAndIdentityTakeNoNumber() {
    assertThat(
            names(
                Texts.pipeline(
                    "[[relu]] * 2 -> when channels == 3 then tanh else relu -> identity -> "
                        + "x: when false then relu else [gelu -> silu] -> relu")))
        .containsExactly("0", "1", "2", "x.0", "x.1", "3");
  }

  @Test
  void combinatorsAndBranchesTakeNoNumberButLabelsAreScopes() {
    assertThat(
            names(
                Texts.pipeline(
                    "add(relu, tanh) -> relu -> j: concat(left: relu, right: [tanh -> gelu],"
                        + " silu)")))
        .containsExactly("0", "1", "add", "2", "j.left", "j.right.0", "j.right.1", "j.0", "j");
  }

  @Test
  void afterANumberCountingGoesOnBehindIt() {
    assertThat(names(Texts.pipeline("relu -> 4: tanh -> relu -> 2: [relu -> relu] -> gelu")))
        .containsExactly("0", "4", "5", "2.0", "2.1", "3");
  }

  @Test
  void labelsMayBeComputedKeywordsAndDotted() {
    assertThat(
            names(
                Texts.pipeline(
                    "[layer{index + 1}: [relu -> {index * 2}: tanh]] * 2 -> block: relu"
                        + " -> \"a.b.c\": relu -> x{channels}y{height}: relu")))
        .containsExactly(
            "layer1.0", "layer1.0_2", "layer2.0", "layer2.2", "block", "a.b.c", "x3y8");
  }

  @Test
  void computedLabelsMayHaveDashes() {
    assertThat(names(Texts.pipeline("[block1-{index}: relu] * 2 -> part-{3}-b: relu")))
        .containsExactly("block1-0", "block1-1", "part-3-b");
  }

  @Test
  void indexIsThatOfTheInnermostRepetition() {
    assertThat(names(Texts.pipeline("[a{index}: [b{index}: relu] * 2 -> c{index}: relu] * 2")))
        .containsExactly("a0.b0", "a0.b1", "c0", "a1.b0", "a1.b1", "c1");
  }

  @Test
  void aLearnedTensorHasItsLabelForWholeName() {
    Network network =
        Texts.network(
            HEAD
                + "block unit() = mul(identity, layer_scale: tensor([channels, 1, 1]))\n"
                + "image -> features: unit() * 2");

    assertThat(network.graph().nodes())
        .flatExtracting(node -> Tensors.stored(node.op()))
        .extracting(tensor -> tensor.name() + tensor.shape())
        .containsExactly("features.0.layer_scale[3, 1, 1]", "features.1.layer_scale[3, 1, 1]");
  }

  @Test
  void layersWithoutWeightsGiveWayToThoseWithTensors() {
    assertThat(names(Texts.pipeline("x: relu -> x: conv(3, 1) -> x: tanh -> image: relu")))
        .containsExactly("x_2", "x", "x_3", "image");
  }

  @Test
  void joinsAreNamedAfterThemselves() {
    assertThat(names(Texts.pipeline("add(identity, relu) -> add(identity, add: conv(3, 1))")))
        .containsExactly("0", "add_2", "add", "add_3");
  }

  @Test
  void namesOfValuesOpenNoScope() {
    assertThat(names(HEAD + "a = image -> relu\nb = a -> tanh\noutput c = add(a, b)"))
        .containsExactly("0", "1", "add");
  }

  private static List<String> names(String text) {
    return names(Texts.network(text));
  }

  private static List<String> names(Network network) {
    return network.graph().nodes().stream().skip(1).map(Node::name).toList();
  }
}
