package dev.cnnc.compiler.lower;

import static dev.cnnc.compiler.testing.GraphBuilder.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Op.Reduction;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every layer, on a picture of [3, 8, 8]: its operation, its defaults, its tensors. */
class LayersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          relu                 | Relu[]
          relu6                | Relu6[]
          leaky_relu           | LeakyRelu[slope=0.01]
          leaky_relu(0.2)      | LeakyRelu[slope=0.2]
          leaky_relu(slope: 1) | LeakyRelu[slope=1.0]
          sigmoid              | Sigmoid[]
          tanh                 | Tanh[]
          silu                 | Silu[]
          hardswish            | Hardswish[]
          hardsigmoid          | Hardsigmoid[alpha=0.16666666666666666, beta=0.5]
          gelu                 | Gelu[]
          elu                  | Elu[alpha=1.0]
          elu(0.5)             | Elu[alpha=0.5]
          clip(-1, 6)          | Clip[least=-1.0, most=6.0]
          clip(max: 1, min: 0) | Clip[least=0.0, most=1.0]
          clip(min: 2)         | Clip[least=2.0, most=Infinity]
          gelu(approximate: tanh) | GELU_TANH
          softplus             | SOFTPLUS
          power(-0.5)          | Power[exponent=-0.5]
          swish                | Silu[]
          swish(2)             | Swish[alpha=2.0]
          celu(0.5)            | Celu[alpha=0.5]
          thresholded_relu(2)  | ThresholdedRelu[alpha=2.0]
          """)
  void activations(String layer, String function) {
    Node node = last(layer);
    assertThat(node.op()).hasToString("Activate[function=" + function + "]");
    assertThat(node.shape()).isEqualTo(new Shape(3, 8, 8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          reshape([6, 4, 8])                    | [6, 4, 8]
          reshape([192])                        | [192]
          permute([2, 0, 1])                    | [8, 3, 8]
          add(identity, gap)                    | [3, 8, 8]
          mul(gap, identity, [reshape([192]) -> slice(0, 1)]) | [3, 8, 8]
          sub(identity, [slice(0, 1) -> maxpool(8x1)])        | [3, 8, 8]
          max(relu, gmp)                        | [3, 8, 8]
          matmul(identity, conv(3, 1x3))        | [3, 8, 6]
          reduce_mean([1, 2])                   | [3]
          reduce_l2([0])                        | [1, 8, 8]
          pixel_unshuffle(4) -> pixel_shuffle(2) | [12, 4, 4]
          lppool(3x3, stride: 2, p: 3)          | [3, 3, 3]
          groupnorm(3)                          | [3, 8, 8]
          instancenorm(affine: false)           | [3, 8, 8]
          conv_transpose(6, 2x2, stride: 2)     | [6, 16, 16]
          conv_transpose(6, 3, groups: 3, pad: [1, 0, 0, 0]) | [6, 9, 10]
          slice(1, 3, axis: 1)                  | [3, 2, 8]
          slice(2, -1, step: -2)                | [2, 8, 8]
          border([1, 0, -2, 3], mode: wrap)     | [3, 7, 11]
          resize(factor: [0.6, 2])              | [3, 4, 16]
          resize(4x20, mode: cubic, antialias: true) | [3, 4, 20]
          conv(6, 3)                            | [6, 6, 6]
          conv(6, 3x5)                          | [6, 6, 4]
          conv(6, size(1, 3))                   | [6, 8, 6]
          conv(6, 3, pad: 1)                    | [6, 8, 8]
          conv(6, 3, pad: 0x1)                  | [6, 6, 8]
          conv(6, 3, pad: [1, 0, 2, 0])         | [6, 9, 6]
          conv(6, 3, stride: 2)                 | [6, 3, 3]
          conv(6, 3, stride: 1x2)               | [6, 6, 3]
          conv(6, 3, dilation: 2)               | [6, 4, 4]
          conv(6, 3, 2, 1)                      | [6, 4, 4]
          conv(6, 3, pad: same)                 | [6, 8, 8]
          conv(6, 3, stride: 2, pad: same)      | [6, 4, 4]
          conv(6, 4, stride: 3, pad: same_lower)| [6, 3, 3]
          dwconv(3)                             | [3, 6, 6]
          dwconv(3, multiplier: 4)              | [12, 6, 6]
          fc(10)                                | [10, 8, 8]
          fc(10, flatten: true)                 | [10]
          gap -> fc(10)                         | [10]
          bn                                    | [3, 8, 8]
          scale                                 | [3, 8, 8]
          scale(0.5)                            | [3, 8, 8]
          prelu                                 | [3, 8, 8]
          maxpool(2)                            | [3, 4, 4]
          maxpool(3)                            | [3, 2, 2]
          maxpool(3, ceil: true)                | [3, 3, 3]
          maxpool(3, stride: 2, pad: 1)         | [3, 4, 4]
          maxpool(2, dilation: 2, stride: 1)    | [3, 6, 6]
          avgpool(2x4)                          | [3, 4, 2]
          avgpool(3, stride: 2, pad: same)      | [3, 4, 4]
          gap                                   | [3]
          gmp                                   | [3]
          adaptive_avgpool(1)                   | [3]
          adaptive_avgpool(4)                   | [3, 4, 4]
          adaptive_avgpool(2x8)                 | [3, 2, 8]
          flatten                               | [192]
          slice(1, 3)                           | [2, 8, 8]
          softmax                               | [3, 8, 8]
          log_softmax                           | [3, 8, 8]
          lrn                                   | [3, 8, 8]
          dropout                               | [3, 8, 8]
          dropout(0.2)                          | [3, 8, 8]
          zeropad(1)                            | [3, 10, 10]
          zeropad([0, 0, 1, 2])                 | [3, 9, 10]
          zeropad(channels: [1, 4])             | [8, 8, 8]
          upsample(2)                           | [3, 16, 16]
          upsample(1x3)                         | [3, 8, 24]
          shuffle(3)                            | [3, 8, 8]
          crop(2)                               | [3, 2, 2]
          crop(1x4, top: 7, left: 4)            | [3, 1, 4]
          layernorm                             | [3, 8, 8]
          attention(heads: 3)                   | [3, 8, 8]
          attention(1)                          | [3, 8, 8]
          attend(heads: 1)                      | [1, 8, 8]
          tokens                                | [3, 1, 64]
          tokens(identity)                      | [3, 1, 64]
          tokens(gap, identity, gap)            | [3, 1, 66]
          tokens -> attention(3) -> crop(1)     | [3]
          add(relu, identity)                   | [3, 8, 8]
          mean(relu, identity, tanh)            | [3, 8, 8]
          mul(identity, gap)                    | [3, 8, 8]
          mul(gap, identity)                    | [3, 8, 8]
          concat(relu, identity, conv(2, 1))    | [8, 8, 8]
          """)
  void shapes(String layer, String shape) {
    assertThat(last(layer).shape()).hasToString(shape);
  }

  @Test
  void convHasItsTensorsAndNoEpilogue() {
    assertThat(last("c: conv(4, 3x5, stride: 2x1, pad: 1x2, dilation: 1x2)").op())
        .isEqualTo(
            new Op.Conv(
                4,
                new Window(3, 5, 2, 1, 1, 2, new Padding(1, 2, 1, 2)),
                1,
                stored("c.weight", 4, 3, 3, 5),
                Optional.of(stored("c.bias", 4)),
                Epilogue.NONE));
  }

  @Test
  void groupsDivideTheWeights() {
    assertThat(tensors("conv(6, 3, groups: 3)"))
        .containsExactly("0.weight[6, 1, 3, 3]", "0.bias[6]");
    assertThat(tensors("dwconv(3, multiplier: 2, bias: false)"))
        .containsExactly("0.weight[6, 1, 3, 3]");
  }

  @Test
  void samePutsTheOddPixelAtTheEndAndSameLowerAtTheBeginning() {
    assertThat(padding("conv(1, 3, stride: 2, pad: same)")).isEqualTo(new Padding(0, 0, 1, 1));
    assertThat(padding("conv(1, 3, stride: 2, pad: same_lower)"))
        .isEqualTo(new Padding(1, 1, 0, 0));
    assertThat(padding("conv(1, 2x3, pad: same)")).isEqualTo(new Padding(0, 1, 1, 1));
    assertThat(padding("conv(1, 1, stride: 4, pad: same)")).isEqualTo(Padding.NONE);
  }

  @Test
  void aConvBeforeOnlyABatchNormHasNoBias() {
    assertThat(tensors("conv(3, 1) -> relu")).contains("0.bias[3]");
    assertThat(tensors("conv(3, 1) -> bn -> relu")).doesNotContain("0.bias[3]");
    assertThat(tensors("conv(3, 1, bias: true) -> bn")).contains("0.bias[3]");
    assertThat(tensors("conv(3, 1, bias: false) -> relu")).containsExactly("0.weight[3, 3, 1, 1]");
    assertThat(tensors("conv(3, 1) -> add(bn, identity)")).contains("0.bias[3]");
    assertThat(tensors("conv(3, 1) -> dropout -> bn")).contains("0.bias[3]");
    assertThat(tensors("dwconv(3) -> bn")).doesNotContain("0.bias[3]");
    assertThat(tensors("fc(3) -> bn")).contains("0.bias[3]");
  }

  @Test
  void anOutputIsAConsumerToo() {
    List<String> tensors =
        Texts.network(
                """
                network n
                input image [3, 8, 8]
                output a = image -> conv(3, 1)
                output b = a -> bn
                """)
            .graph()
            .nodes()
            .stream()
            .flatMap(node -> Tensors.stored(node.op()).stream())
            .map(Recipe.Stored::name)
            .toList();

    assertThat(tensors).contains("0.bias");
  }

  @Test
  void epiloguesAreArguments() {
    Node node =
        last(
            "add(identity, conv(3, 1, residual: image, activation: leaky_relu(0.2))) ->"
                + " gap -> fc(2, activation: clip(0, 1))");
    assertThat(((Op.Fc) node.op()).epilogue())
        .isEqualTo(new Epilogue(false, new Activation.Clip(0, 1)));
    Node conv = Texts.pipeline("conv(3, 1, residual: relu, activation: silu)").graph().node(2);
    assertThat(conv.inputs()).containsExactly(0, 1);
    assertThat(((Op.Conv) conv.op()).epilogue())
        .isEqualTo(new Epilogue(true, new Activation.Silu()));
  }

  @Test
  void fcActsOnEveryPixel() {
    assertThat(tensors("fc(5)")).containsExactly("0.weight[5, 3]", "0.bias[5]");
    assertThat(((Op.Conv) last("fc(5)").op()).isFc()).isTrue();
    assertThat(tensors("fc(5, flatten: true, bias: false)")).containsExactly("0.weight[5, 192]");
    assertThat(last("flatten -> fc(5)").op()).isInstanceOf(Op.Fc.class);
  }

  @Test
  void attentionHasTheTensorsOfPyTorch() {
    assertThat(tensors("a: attention(heads: 3)"))
        .containsExactly(
            "a.in_proj_weight[9, 3]",
            "a.in_proj_bias[9]",
            "a.out_proj.weight[3, 3]",
            "a.out_proj.bias[3]");
    assertThat(tensors("gap -> a: attention(heads: 1, bias: false)"))
        .containsExactly("a.in_proj_weight[9, 3]", "a.out_proj.weight[3, 3]");
    assertThat(Texts.pipeline("a: attention(heads: 3)").graph().nodes())
        .extracting(Node::name)
        .containsExactly("image", "a.in_proj", "a", "a.out_proj");
  }

  @Test
  void learnedTensorsMayHaveTheirChannelsLast() {
    Node tokens = last("add(tokens, t: tensor([1, 64, 3], channels_last: true))");
    assertThat(tokens.shape()).isEqualTo(new Shape(3, 1, 64));
    assertThat(tensors("add(crop(2x4), t: tensor([2, 4, 3], channels_last: true))"))
        .containsExactly("t[2, 4, 3]");
    assertThat(tensors("tokens(t: tensor([5, 3], channels_last: true), identity)"))
        .containsExactly("t[5, 3]");
  }

  @Test
  void normsHaveTheirDefaults() {
    assertThat(((Op.BatchNorm) last("bn").op()).epsilon()).isEqualTo(1e-5);
    assertThat(((Op.BatchNorm) last("bn(eps: 0.001)").op()).epsilon()).isEqualTo(1e-3);
    assertThat(tensors("bn"))
        .containsExactly("0.weight[3]", "0.bias[3]", "0.running_mean[3]", "0.running_var[3]");
    assertThat(last("lrn").op()).isEqualTo(new Op.LocalResponseNorm(5, 1e-4, 0.75, 1));
    assertThat(last("lrn(3, 2, 0.5, k: 2)").op()).isEqualTo(new Op.LocalResponseNorm(3, 2, 0.5, 2));
    assertThat(((Op.LayerNorm) last("layernorm").op()).epsilon()).isEqualTo(1e-6);
    assertThat(tensors("layernorm")).containsExactly("0.weight[3]", "0.bias[3]");
    assertThat(tensors("scale")).containsExactly("0.weight[3]", "0.bias[3]");
    assertThat(tensors("scale(0.5)")).isEmpty();
    assertThat(((Op.Scale) last("scale(1 / 4)").op()).constant()).hasValue(0.25);
    assertThat(((Op.Scale) last("scale").op()).constant()).isEmpty();
    assertThat(tensors("prelu")).containsExactly("0.weight[1]");
    assertThat(tensors("prelu(per_channel: true)")).containsExactly("0.weight[3]");
  }

  @Test
  void poolsHaveTheirDefaults() {
    Window window = new Window(2, 2, 2, 2, 1, 1, Padding.NONE);
    assertThat(last("maxpool(2)").op()).isEqualTo(new Op.Pool(Reduction.MAX, window, false, false));
    assertThat(last("avgpool(2)").op())
        .isEqualTo(new Op.Pool(Reduction.AVERAGE, window, false, true));
    assertThat(last("avgpool(2, count_pad: false, ceil: true)").op())
        .isEqualTo(new Op.Pool(Reduction.AVERAGE, window, true, false));
  }

  @Test
  void usageTellsAllArguments() {
    assertThat(LayerTable.standard().find("maxpool").orElseThrow().usage())
        .isEqualTo("maxpool(size, stride: size, pad: 0, dilation: 1, ceil: false)");
  }

  private static Node last(String pipeline) {
    return Texts.pipeline(pipeline).graph().nodes().getLast();
  }

  private static Padding padding(String conv) {
    return ((Op.Conv) last(conv).op()).window().padding();
  }

  private static List<String> tensors(String pipeline) {
    return Texts.pipeline(pipeline).graph().nodes().stream()
        .flatMap(node -> Tensors.stored(node.op()).stream())
        .map(tensor -> tensor.name() + tensor.shape())
        .toList();
  }
}
