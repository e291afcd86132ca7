package dev.cnnc.compiler.onnx.translate;

import static dev.cnnc.compiler.testing.ModelBuilder.real;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.text.NetworkText;
import dev.cnnc.compiler.testing.ModelBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Functions of a file and branches of conditions stand in place of the nodes that name them. */
class InliningTest {

  private static final List<Long> PICTURE = List.of(1L, 2L, 4L, 4L);

  private final ModelBuilder builder = new ModelBuilder(13);

  private static Onnx.Node node(
      String operator, List<String> inputs, String output, Onnx.Attribute... attributes) {
    return new Onnx.Node("", operator, inputs, List.of(output), List.of(attributes));
  }

  private static Onnx.Graph branch(String output, Onnx.Node... nodes) {
    List<Onnx.ValueInfo> outputs =
        List.of(new Onnx.ValueInfo(output, Onnx.DataType.FLOAT, List.of()));
    return new Onnx.Graph("branch", List.of(nodes), List.of(), List.of(), outputs);
  }

  private static OnnxImport.Result imported(Onnx.Model model, Onnx.Function... functions) {
    Onnx.Model whole =
        new Onnx.Model(8, "", "", model.operatorSets(), model.graph(), List.of(functions));
    return OnnxImport.of(whole, "net", Map.of(), Map.of());
  }

  private static String text(OnnxImport.Result result) {
    assertThat(result.problems()).isEmpty();
    return NetworkText.of(result.network().orElseThrow(), Optional.empty());
  }

  private static Onnx.Function function(String name, Onnx.Node... nodes) {
    List<Onnx.Attribute> defaults = List.of(real("slope", 0.25));
    return new Onnx.Function(name, List.of("a"), List.of("b"), defaults, List.of(nodes), List.of());
  }

  @Test
  void aFunctionHasTheAttributesOfItsCall() {
    Onnx.Function leaky =
        function(
            "d.leaky",
            node("LeakyRelu", List.of("a"), "t", new Onnx.Attribute.Reference("alpha", "slope")),
            node("Tanh", List.of("t"), "b"));
    String usual = builder.node("d.leaky", "x");
    String told = builder.node("d.leaky", real("slope", 0.5), usual);
    assertThat(text(imported(builder.model(PICTURE, told), leaky)))
        .contains("leaky_relu(slope: 0.25) -> tanh -> leaky_relu(slope: 0.5) -> tanh");
  }

  /** The last call of a function gives what the function gives; both have an s of their own. */
  @Test
  void functionsInFunctionsHaveNamesOfTheirOwn() {
    Onnx.Function swish =
        function(
            "d.swish", node("Sigmoid", List.of("a"), "s"), node("Mul", List.of("a", "s"), "b"));
    Onnx.Function twice =
        function("d.twice", node("d.swish", List.of("a"), "s"), node("d.swish", List.of("s"), "b"));
    String result = builder.node("d.twice", "x");
    assertThat(text(imported(builder.model(PICTURE, result), swish, twice)))
        .contains("image -> silu -> silu");
  }

  @Test
  void aFunctionThatCallsItselfEnds() {
    Onnx.Function endless = function("d.f", node("d.f", List.of("a"), "b"));
    OnnxImport.Result result = imported(builder.model(PICTURE, builder.node("d.f", "x")), endless);
    assertThat(result.problems().getFirst().reason())
        .isEqualTo("has functions in functions without end");
  }

  @Test
  void aBranchReadsWhatIsAroundIt() {
    String relu = builder.node("Relu", "x");
    Onnx.Graph inner = branch("t", node("Tanh", List.of(relu), "t"));
    Onnx.Node nested =
        node("If", List.of("yes"), "t", new Onnx.Attribute.Nested("then_branch", inner));
    Onnx.Node yes = node("Equal", List.of("one", "one"), "yes");
    Onnx.Node one = node("Constant", List.of(), "one", new Onnx.Attribute.Whole("value_int", 1));
    Onnx.Graph outer = branch("t", one, yes, nested);
    String condition = builder.node("Equal", builder.index(1), builder.index(1));
    String result = builder.node("If", new Onnx.Attribute.Nested("then_branch", outer), condition);
    assertThat(text(imported(builder.model(PICTURE, result)))).contains("image -> relu -> tanh");
  }

  @Test
  void aBranchMayGiveAValueThatIsAroundIt() {
    String relu = builder.node("Relu", "x");
    String condition = builder.node("Equal", builder.index(1), builder.index(2));
    String result =
        builder.node("If", new Onnx.Attribute.Nested("else_branch", branch(relu)), condition);
    assertThat(text(imported(builder.model(PICTURE, result)))).contains("-> relu");
  }

  @Test
  void aConditionThatIsComputedIsNoCondition() {
    String result = builder.node("If", new Onnx.Attribute.Nested("then_branch", branch("x")), "x");
    assertThat(imported(builder.model(PICTURE, result)).problems().getFirst().reason())
        .isEqualTo("its condition is computed while the network runs");
  }
}
