package dev.cnnc.compiler.onnx;

import static dev.cnnc.compiler.testing.ModelBuilder.real;
import static dev.cnnc.compiler.testing.ModelBuilder.whole;
import static dev.cnnc.compiler.testing.ModelBuilder.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.testing.ModelBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes as exporters write them become the layers that were meant, with the same numbers. */
class ExportersTest {

  private static final List<Long> PICTURE = List.of(1L, 8L, 4L, 6L);
  private static final List<Long> TOKENS = List.of(1L, 6L, 8L);

  private ModelBuilder model = new ModelBuilder(17);

  @TempDir private Path folder;

  private String text(List<Long> input, String output) throws Exception {
    Onnx.Model made = model.model(input, output);
    model = new ModelBuilder(17);
    return new Comparison(folder).text(made);
  }

  private String conv(String x, int filters, int channels) {
    return model.node("Conv", x, model.weights(filters, channels, 1, 1), model.weights(filters));
  }

  private String linear(String x, int from, int to) {
    return model.node("Add", model.weights(to), model.node("MatMul", x, model.weights(from, to)));
  }

  private String number(double number) {
    return model.constant(number);
  }

  /** As {@code x.view(x.shape[0], ...)} is written: the batch is looked up. */
  private String view(String x, long... sizes) {
    String batch = model.node("Gather", whole("axis", 0), model.node("Shape", x), model.index(0));
    String[] parts = new String[sizes.length + 1];
    parts[0] = model.node("Unsqueeze", batch, model.row(0));
    for (int i = 0; i < sizes.length; i++) {
      parts[i + 1] = model.row(sizes[i]);
    }
    return model.node("Reshape", x, model.node("Concat", whole("axis", 0), parts));
  }

  private String transpose(String x, long... order) {
    return model.node("Transpose", wholes("perm", order), x);
  }

  private String clipped(String x) {
    return model.node("Clip", model.node("Add", x, number(3)), number(0), number(6));
  }

  @Test
  void hardswishInParts() throws Exception {
    String one = conv("x", 8, 8);
    String behind = model.node("Div", model.node("Mul", one, clipped(one)), number(6));
    assertThat(text(PICTURE, behind)).isEqualTo("image -> conv: conv(8, 1x1) -> hardswish");
    String other = conv("x", 8, 8);
    String before = model.node("Mul", model.node("Mul", clipped(other), number(1 / 6.0)), other);
    assertThat(text(PICTURE, before)).isEqualTo("image -> conv: conv(8, 1x1) -> hardswish");
  }

  @Test
  void hardsigmoidInParts() throws Exception {
    assertThat(text(PICTURE, model.node("Div", clipped("x"), number(6))))
        .isEqualTo("image -> hardsigmoid");
  }

  @Test
  void otherClipsStayWhatTheyAre() throws Exception {
    String other = model.node("Mul", "x", model.node("Div", clipped("x"), number(5)));
    assertThat(text(PICTURE, other)).contains("relu6").doesNotContain("hard");
  }

  @Test
  void mishAndSwishInParts() throws Exception {
    String mish = model.node("Mul", "x", model.node("Tanh", model.node("Softplus", "x")));
    assertThat(text(PICTURE, mish)).isEqualTo("image -> mish");
    String scaled = model.node("Mul", "x", number(1.702));
    String quick = model.node("Mul", "x", model.node("Sigmoid", scaled));
    assertThat(text(PICTURE, quick)).isEqualTo("image -> swish(alpha: 1.702)");
  }

  private String approximate(String polynomial) {
    String scaled = model.node("Mul", number(Math.sqrt(2 / Math.PI)), polynomial);
    String sum = model.node("Add", number(1), model.node("Tanh", scaled));
    return model.node("Mul", model.node("Mul", number(0.5), "x"), sum);
  }

  @Test
  void approximateGeluInParts() throws Exception {
    String cube = model.node("Mul", number(0.044715), model.node("Pow", "x", number(3)));
    assertThat(text(PICTURE, approximate(model.node("Add", "x", cube))))
        .isEqualTo("image -> gelu(approximate: tanh)");
    String square = model.node("Mul", number(0.044715), model.node("Mul", "x", "x"));
    String product = model.node("Mul", "x", model.node("Add", number(1), square));
    assertThat(text(PICTURE, approximate(product))).isEqualTo("image -> gelu(approximate: tanh)");
    String fourth = model.node("Mul", number(0.044715), model.node("Pow", "x", number(4)));
    assertThat(text(PICTURE, approximate(model.node("Add", "x", fourth)))).contains("tanh ->");
  }

  @Test
  void excitationByLinearLayersAndExpandAs() throws Exception {
    String pooled = view(model.node("GlobalAveragePool", "x"), 8);
    String few = model.node("Relu", linear(pooled, 8, 2));
    String gate = view(model.node("Sigmoid", linear(few, 2, 8)), 8, 1, 1);
    String wide = model.node("Expand", gate, model.node("Shape", "x"));
    assertThat(text(PICTURE, model.node("Mul", "x", wide)))
        .isEqualTo(
            "image -> gap -> matmul: fc(2) -> relu -> matmul_2: fc(8) -> sigmoid"
                + " -> mul(image, identity)");
  }

  private String centred(String x, long axis) {
    return model.node("Sub", x, model.node("ReduceMean", wholes("axes", axis), x));
  }

  private String deviation(String centred, long axis) {
    String squares = model.node("Pow", centred, number(2));
    String variance = model.node("ReduceMean", wholes("axes", axis), squares);
    return model.node("Sqrt", model.node("Add", variance, number(1e-6)));
  }

  @Test
  void layerNormOverTheChannelsOfAPicture() throws Exception {
    String centred = centred("x", 1);
    String norm = model.node("Div", centred, deviation(centred, 1));
    String scaled = model.node("Mul", model.weights(8, 1, 1), norm);
    assertThat(text(PICTURE, model.node("Add", scaled, model.weights(8, 1, 1))))
        .isEqualTo("image -> add: layernorm");
  }

  @Test
  void layerNormByTheInverseRoot() throws Exception {
    String centred = centred("x", 1);
    String inverse = model.node("Reciprocal", deviation(centred, 1));
    String norm = model.node("Mul", model.node("Mul", centred, inverse), model.weights(8, 1, 1));
    assertThat(text(PICTURE, model.node("Mul", norm, model.weights(8, 1, 1))))
        .isEqualTo("image -> mul: layernorm -> mul_2: scale");
  }

  @Test
  void convnextGoesToTheLastAxisAndBack() throws Exception {
    List<Onnx.Attribute> depthwise = List.of(wholes("pads", 3, 3, 3, 3), whole("group", 8));
    String mixed = model.node("Conv", depthwise, "x", model.weights(8, 1, 7, 7), model.weights(8));
    List<Onnx.Attribute> last = List.of(whole("axis", -1), real("epsilon", 1e-6));
    String norm =
        model.node(
            "LayerNormalization",
            last,
            transpose(mixed, 0, 2, 3, 1),
            model.weights(8),
            model.weights(8));
    String narrow = linear(model.node("Relu", linear(norm, 8, 16)), 16, 8);
    String scaled = model.node("Mul", model.weights(8), narrow);
    assertThat(text(PICTURE, model.node("Add", "x", transpose(scaled, 0, 3, 1, 2))))
        .isEqualTo(
            "image -> conv: dwconv(7x7, pad: 3) -> layernormalization: layernorm"
                + " -> matmul: fc(16) -> relu -> matmul_2: fc(8) -> mul: scale"
                + " -> add(image, identity)");
  }

  @Test
  void attentionOfThreeProducts() throws Exception {
    String query = transpose(view(linear("x", 8, 8), -1, 2, 4), 0, 2, 1, 3);
    String key = transpose(view(linear("x", 8, 8), -1, 2, 4), 0, 2, 3, 1);
    String value = transpose(view(linear("x", 8, 8), -1, 2, 4), 0, 2, 1, 3);
    String scores = model.node("Div", model.node("MatMul", query, key), number(2));
    String shares = model.node("Softmax", whole("axis", -1), scores);
    String heads = transpose(model.node("MatMul", shares, value), 0, 2, 1, 3);
    assertThat(text(TOKENS, linear(view(heads, -1, 8), 8, 8)))
        .isEqualTo(
            "image -> permute([2, 1, 0]) -> concat(matmul: fc(8), matmul_2: fc(8), matmul_3: fc(8))"
                + " -> attend(2) -> matmul_4: fc(8) -> permute([2, 1, 0])");
  }

  @Test
  void attentionOfOneProductWithARootOnEachSide() throws Exception {
    String all = transpose(view(linear("x", 8, 24), 6, 3, 2, 4), 2, 0, 3, 1, 4);
    List<String> parts =
        model.nodes("Split", List.of(whole("axis", 0)), 3, all, model.row(1, 1, 1));
    String query = model.node("Squeeze", parts.get(0), model.row(0));
    String key = model.node("Squeeze", parts.get(1), model.row(0));
    String width =
        model.node("Slice", model.node("Shape", query), model.row(-1), model.row(Long.MAX_VALUE));
    String deep = model.node("Sqrt", model.node("Cast", whole("to", 1), width));
    String root = model.node("Sqrt", model.node("Div", number(1), deep));
    String turned = model.node("Mul", transpose(key, 0, 1, 3, 2), root);
    String scores = model.node("MatMul", model.node("Mul", query, root), turned);
    String shares = model.node("Softmax", whole("axis", -1), scores);
    String value = model.node("Squeeze", parts.get(2), model.row(0));
    String heads = transpose(model.node("MatMul", shares, value), 0, 2, 1, 3);
    assertThat(text(TOKENS, model.node("Reshape", heads, model.row(1, 6, 8))))
        .isEqualTo(
            "image -> permute([2, 1, 0]) -> matmul: fc(24) -> attend(2) -> permute([2, 1, 0])");
  }

  @Test
  void picturesOfChannelsLast() throws Exception {
    String turned = transpose("x", 0, 3, 1, 2);
    assertThat(text(List.of(1L, 5L, 7L, 3L), transpose(conv(turned, 4, 3), 0, 2, 3, 1)))
        .isEqualTo("image -> conv: conv(4, 1x1) -> permute([1, 2, 0])");
  }

  @Test
  void gatheredChannels() throws Exception {
    String reversed = model.node("Gather", whole("axis", 1), "x", model.row(2, 1, 0));
    assertThat(text(PICTURE, reversed)).isEqualTo("image -> slice(2, -1, step: -1)");
    String mixed = model.node("Gather", whole("axis", 1), "x", model.row(0, 1, 2, -1, 5, 5));
    assertThat(text(PICTURE, mixed)).contains("slice(0, 3)").contains("slice(7, 8)");
    String rows = model.node("Gather", whole("axis", 2), "x", model.row(0, 2));
    assertThat(text(PICTURE, rows)).contains("axis: 1");
  }

  @Test
  void groupNormAsAnInstanceNorm() throws Exception {
    String rows = model.node("Reshape", "x", model.row(0, 2, -1));
    String ones = model.tensor(List.of(2L), 1, 1);
    String norm = model.node("InstanceNormalization", rows, ones, model.tensor(List.of(2L), 0, 0));
    String back = model.node("Reshape", norm, model.node("Shape", "x"));
    String scaled = model.node("Mul", back, model.weights(8, 1, 1));
    assertThat(text(PICTURE, model.node("Add", scaled, model.weights(8, 1, 1))))
        .isEqualTo("image -> add: groupnorm(2)");
  }
}
