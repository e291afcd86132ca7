package dev.cnnc.compiler.onnx.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.text.NetworkText;
import dev.cnnc.compiler.testing.ModelBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Parts of models: some outputs, and inputs that are constants or that nothing reads. */
class ModelPartTest {

  private final ModelBuilder builder = new ModelBuilder(13);

  /** With an input {@code scale} of two numbers beside the picture. */
  private Onnx.Model model(String... outputs) {
    Onnx.Model one = builder.model(List.of(1L, 2L), outputs);
    Onnx.Graph graph = one.graph();
    List<Onnx.ValueInfo> inputs =
        List.of(
            graph.inputs().getFirst(),
            new Onnx.ValueInfo("scale", Onnx.DataType.FLOAT, List.of(Onnx.ValueInfo.OPEN, 2L)));
    return new Onnx.Model(
        8,
        "",
        "",
        one.operatorSets(),
        new Onnx.Graph("g", graph.nodes(), graph.initializers(), inputs, graph.outputs()));
  }

  private static OnnxImport.Result imported(Onnx.Model model, Map<String, List<Double>> numbers) {
    return OnnxImport.of(model, "net", Map.of(), ModelPart.constants(model, numbers));
  }

  @Test
  void anInputThatNothingReadsDoesNotCount() {
    assertThat(imported(model(builder.node("Relu", "x")), Map.of()).network()).isPresent();
  }

  @Test
  void aConstantTakesThePlaceOfAnInput() {
    Onnx.Model model = model(builder.node("Div", "x", "scale"));
    assertThat(imported(model, Map.of()).network().orElseThrow().inputs())
        .extracting(Network.Input::name)
        .containsExactly("x", "scale");
    OnnxImport.Result result = imported(model, Map.of("scale", List.of(2.0, 4.0)));
    assertThat(result.tensors().getFirst().data().get()).containsExactly(0.5f, 0.25f);
    assertThat(imported(model, Map.of("scale", List.of(2.0))).network()).isPresent();
    assertThatThrownBy(() -> imported(model, Map.of("scale", List.of(1.0, 2.0, 3.0))))
        .hasMessage("input scale has 2 elements, not 3");
    assertThatThrownBy(() -> imported(model, Map.of("other", List.of(1.0))))
        .hasMessage("the model has no input other");
  }

  @Test
  void onlyWantedValuesAreTaken() {
    String relu = builder.node("Relu", "x");
    String lost = builder.node("some.domain.Op", relu);
    Onnx.Model model = model(relu, lost);
    OnnxImport.Result all = imported(model, Map.of());
    assertThat(all.problems().getFirst().reason())
        .isEqualTo("is no operator of ONNX but of the domain some.domain");
    assertThat(all.notes())
        .containsExactly("the other outputs can be imported alone: --only " + relu);
    OnnxImport.Result part = imported(ModelPart.of(model, List.of(relu)), Map.of());
    assertThat(NetworkText.of(part.network().orElseThrow(), Optional.empty())).contains("-> relu");
    assertThatThrownBy(() -> ModelPart.of(model, List.of("nothing")))
        .hasMessage("no node of the model computes nothing");
  }

  @Test
  void equalProblemsAreOneLine() {
    List<Problem> problems =
        List.of("a", "b", "c", "d", "e").stream()
            .map(name -> new Problem("Op", name, "is odd", "mend it"))
            .toList();
    assertThat(Problem.grouped(problems))
        .containsExactly("Op a, b, c and 2 more: is odd\n   help: mend it");
  }
}
