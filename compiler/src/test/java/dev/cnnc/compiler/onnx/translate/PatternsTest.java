package dev.cnnc.compiler.onnx.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.testing.ModelBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What several nodes mean together, and what only looks like it. */
class PatternsTest {

  private final ModelBuilder model = new ModelBuilder(17);

  private String node(String operator, String... inputs) {
    return model.node(operator, inputs);
  }

  private String node(String operator, List<Onnx.Attribute> attributes, String... inputs) {
    return model.node(operator, attributes, inputs);
  }

  private String constant(double value) {
    return model.constant(value);
  }

  /** The ops behind the input. */
  private List<Op> ops(List<Long> input, String output) {
    OnnxImport.Result result = OnnxImport.of(model.model(input, output), "net", Map.of(), Map.of());
    assertThat(result.problems()).isEmpty();
    return result.network().orElseThrow().graph().nodes().stream()
        .skip(1)
        .map(node -> node.op())
        .toList();
  }

  private static final List<Long> PICTURE = List.of(1L, 4L, 3L, 5L);

  private static Op.Activate activate(Activation function) {
    return new Op.Activate(function);
  }

  @Test
  void aValueTimesItsSigmoidIsSilu() {
    String product = node("Mul", node("Sigmoid", "x"), "x");
    assertThat(ops(PICTURE, product)).containsExactly(activate(new Activation.Silu()));
  }

  @Test
  void anotherValueTimesItsSigmoidIsNot() {
    String product = node("Mul", node("Sigmoid", "x"), node("Relu", "x"));
    assertThat(ops(PICTURE, product))
        .containsExactly(
            activate(new Activation.Sigmoid()), activate(new Activation.Relu()), new Op.Multiply());
  }

  @Test
  void aValueTimesItsHardsigmoidIsHardswish() {
    List<Onnx.Attribute> sixth = List.of(new Onnx.Attribute.Real("alpha", 1f / 6));
    String product = node("Mul", "x", node("HardSigmoid", sixth, "x"));
    assertThat(ops(PICTURE, product)).containsExactly(activate(new Activation.Hardswish()));
  }

  @Test
  void anotherSlopeIsNoHardswish() {
    String product = node("Mul", "x", node("HardSigmoid", "x"));
    assertThat(ops(PICTURE, product)).contains(new Op.Multiply());
  }

  private String gelu(double root, double half) {
    String sum = node("Add", node("Erf", node("Div", "x", constant(root))), constant(1));
    return node("Mul", node("Mul", "x", sum), constant(half));
  }

  @Test
  void theErrorFunctionMakesGelu() {
    assertThat(ops(PICTURE, gelu(Math.sqrt(2), 0.5)))
        .containsExactly(activate(new Activation.Gelu()));
  }

  @Test
  void theHalfMayStandFirst() {
    String scaled = node("Mul", "x", constant(Math.sqrt(0.5)));
    String sum = node("Add", constant(1), node("Erf", scaled));
    String product = node("Mul", node("Mul", constant(0.5), "x"), sum);
    assertThat(ops(PICTURE, product)).containsExactly(activate(new Activation.Gelu()));
  }

  @Test
  void otherFactorsAreNoGelu() {
    assertThat(ops(PICTURE, gelu(1.5, 0.5))).contains(activate(Activation.Elementary.ERF));
  }

  private String norm(double exponent, List<Long> axes) {
    Onnx.Attribute over = new Onnx.Attribute.Wholes("axes", axes);
    String centred = node("Sub", "x", node("ReduceMean", List.of(over), "x"));
    String squares = node("Pow", centred, constant(exponent));
    String variance = node("ReduceMean", List.of(over), squares);
    String root = node("Sqrt", node("Add", variance, constant(1e-5)));
    String scaled = node("Mul", node("Div", centred, root), model.tensor(List.of(3L), 1, 2, 3));
    return node("Add", scaled, model.tensor(List.of(3L), 4, 5, 6));
  }

  @Test
  void aDecomposedLayerNormIsOne() {
    assertThat(ops(List.of(1L, 5L, 3L), norm(2, List.of(-1L))))
        .filteredOn(Op.LayerNorm.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Op.LayerNorm.class, norm -> assertThat(norm.epsilon()).isEqualTo(1e-5));
  }

  @Test
  void cubesAreNoLayerNorm() {
    assertThat(ops(List.of(1L, 5L, 3L), norm(3, List.of(-1L))))
        .noneMatch(Op.LayerNorm.class::isInstance);
  }

  @Test
  void numbersAlongAnotherAxisAreNotOfTheNorm() {
    assertThat(ops(List.of(1L, 3L, 3L), norm(2, List.of(1L))))
        .hasAtLeastOneElementOfType(Op.LayerNorm.class)
        .hasAtLeastOneElementOfType(Op.Learned.class);
  }

  private String attention(double divisor) {
    String heads = node("Reshape", "x", model.row(1, 6, 2, 4));
    String query = node("Transpose", List.of(ModelBuilder.wholes("perm", 0, 2, 1, 3)), heads);
    String key = node("Transpose", List.of(ModelBuilder.wholes("perm", 0, 2, 3, 1)), heads);
    String scores = node("Div", node("MatMul", query, key), constant(divisor));
    Onnx.Attribute last = new Onnx.Attribute.Whole("axis", -1);
    return node("MatMul", node("Softmax", List.of(last), scores), query);
  }

  @Test
  void softmaxOfProductsIsAttention() {
    assertThat(ops(List.of(1L, 6L, 8L), attention(2))).contains(new Op.Attention(2));
  }

  @Test
  void scoresOfAnotherScaleAreNotOurs() {
    assertThat(ops(List.of(1L, 6L, 8L), attention(3))).doesNotContain(new Op.Attention(2));
  }

  @Test
  void aSlopeBelowZeroIsLeaky() {
    String less = node("Less", "x", constant(0));
    String choice = node("Where", less, node("Mul", constant(0.25), "x"), "x");
    assertThat(ops(PICTURE, choice)).containsExactly(activate(new Activation.LeakyRelu(0.25)));
  }

  @Test
  void aDealtReshapeIsAShuffle() {
    String split = node("Reshape", "x", model.row(1, 2, 2, 3, 5));
    String turned = node("Transpose", List.of(ModelBuilder.wholes("perm", 0, 2, 1, 3, 4)), split);
    String joined = node("Reshape", turned, model.row(1, 4, 3, 5));
    assertThat(ops(PICTURE, joined)).containsExactly(new Op.Shuffle(2));
  }

  @Test
  void zerosAroundAConvAreItsPadding() {
    String pads = model.row(0, 0, 1, 0, 0, 0, 1, 2);
    String conv =
        node("Conv", node("Pad", "x", pads), model.tensor(List.of(1L, 4L, 1L, 1L), 1, 2, 3, 4));
    assertThat(ops(PICTURE, conv))
        .singleElement()
        .isInstanceOfSatisfying(
            Op.Conv.class,
            op -> assertThat(op.window().padding()).isEqualTo(new Padding(1, 0, 1, 2)));
  }

  @Test
  void integersAreOnlyForCasts() {
    String half = node("Div", "x", constant(2));
    Onnx.Model integers = model.model(Onnx.DataType.INT64, PICTURE, half);
    assertThat(OnnxImport.of(integers, "net", Map.of(), Map.of()).problems())
        .singleElement()
        .hasToString(
            "input x: holds integers that are not only converted to numbers\n"
                + "   help: export a model with an input of numbers");
  }

  @Test
  void aSumThatAnotherNodeReadsKeepsItsOwnBias() {
    String product = node("MatMul", "x", model.tensor(List.of(3L, 2L), 1, 2, 3, 4, 5, 6));
    String same = node("Identity", product);
    String shifted = node("Add", same, model.tensor(List.of(2L), 7, 8));
    String both = node("Concat", List.of(new Onnx.Attribute.Whole("axis", -1)), product, shifted);
    assertThat(ops(List.of(1L, 5L, 3L), both))
        .filteredOn(Op.Conv.class::isInstance)
        .allMatch(op -> ((Op.Conv) op).bias().isEmpty());
  }
}
