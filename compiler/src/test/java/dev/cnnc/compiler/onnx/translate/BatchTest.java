package dev.cnnc.compiler.onnx.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.testing.ModelBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A model of several pictures is refused with a cure that was tried. */
class BatchTest {

  private final ModelBuilder builder = new ModelBuilder(13);

  private Problem problem(Onnx.Model model) {
    return OnnxImport.of(model, "net", Map.of(), Map.of()).problems().getFirst();
  }

  @Test
  void theShapeOfOnePictureIsTheCureWhereItWorks() {
    String sum = builder.node("Conv", "x", builder.weights(4, 3, 3, 3));
    Onnx.Model model = builder.model(List.of(4L, 3L, 8L, 8L), sum);
    assertThat(problem(model).cure()).isEqualTo("import it for one picture: --input-shape x=3,8,8");
    Map<String, List<Long>> told = Map.of("x", List.of(3L, 8L, 8L));
    assertThat(OnnxImport.of(model, "net", told, Map.of()).network()).isPresent();
  }

  @Test
  void elsewhereTheModelMustChange() {
    String sum = builder.node("Conv", "x", builder.weights(4, 3, 3, 3));
    String rows = builder.node("Reshape", sum, builder.row(4, 144));
    assertThat(problem(builder.model(List.of(4L, 3L, 8L, 8L), rows)).cure())
        .isEqualTo("export the model with a batch of one");
  }
}
