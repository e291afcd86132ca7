package dev.cnnc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.OnnxWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectTest {
  @TempDir private Path folder;

  /** Two pictures of open sizes that are added or, with an operator of no standard, refused. */
  private Path model(String name, String operator) throws IOException {
    List<Long> open = List.of(1L, 3L, Onnx.ValueInfo.OPEN, Onnx.ValueInfo.OPEN);
    Onnx.Graph graph =
        new Onnx.Graph(
            name,
            List.of(new Onnx.Node("", operator, List.of("a:0", "b"), List.of("sum"), List.of())),
            List.of(),
            List.of(
                new Onnx.ValueInfo("a:0", Onnx.DataType.FLOAT, open),
                new Onnx.ValueInfo("b", Onnx.DataType.FLOAT, open)),
            List.of(new Onnx.ValueInfo("sum", Onnx.DataType.FLOAT, open)));
    Path file = folder.resolve(name + ".onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      OnnxWriter.write(
          new Onnx.Model(8, "", "", List.of(new Onnx.OperatorSet("", 17)), graph), out);
    }
    return file;
  }

  @Test
  void aModelRunsWithBothInputsUnderItsOwnNames() throws IOException, Refused {
    InputShapes shapes = new InputShapes(Map.of("a:0", "3,8,9", "sum.onnx:b", "1,3,8,9"));

    Subject subject = Subject.of(model("sum", "Add"), shapes);

    assertThat(subject.name()).isEqualTo("sum.onnx");
    assertThat(subject.inputs()).extracting(numbers -> numbers.length).containsExactly(216, 216);
    assertThat(subject.theirs()).containsOnlyKeys("a:0", "b");
    assertThat(subject.theirs().get("b").shape()).containsExactly(1L, 3L, 8L, 9L);
    assertThat(subject.theirs().get("b").numbers().array()).isSameAs(subject.inputs().get(1));
  }

  @Test
  void whatCannotBeImportedIsALineWithItsReason() throws IOException {
    InputShapes shapes = new InputShapes(Map.of("a:0", "3,8,9", "b", "3,8,9"));
    Path model = model("odd", "Unheard");

    assertThatThrownBy(() -> Subject.of(model, shapes))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).contains("Unheard").doesNotContain("\n"));
    assertThatThrownBy(() -> Subject.of(model, new InputShapes(Map.of())))
        .hasMessageContaining("--input-shape a:0=");
  }

  @Test
  void aShapeForOneModelGoesBeforeOneForAll() {
    InputShapes shapes = InputShapes.parse(List.of("x=3,8,8", "big.onnx:x=3,32,32"));
    Onnx.Graph graph =
        new Onnx.Graph(
            "",
            List.of(),
            List.of(),
            List.of(new Onnx.ValueInfo("x", Onnx.DataType.FLOAT, List.of())),
            List.of());

    assertThat(shapes.of("big.onnx", graph)).containsEntry("x", List.of(3L, 32L, 32L));
    assertThat(shapes.of("other.onnx", graph)).containsEntry("x", List.of(3L, 8L, 8L));
    assertThat(InputShapes.parse(shapes.words())).isEqualTo(shapes);
  }

  @Test
  void aFolderIsAllModelsInIt() throws IOException {
    Path second = model("b", "Add");
    Path first = model("a", "Add");

    assertThat(new NetworkFiles(folder).of(List.of(folder.toString())))
        .containsExactly(first, second);
    assertThatThrownBy(() -> new NetworkFiles(folder).of(List.of("vgg")))
        .hasMessageContaining("vgg.cnn");
  }

  @Test
  void aProcessTellsItsRefusal() {
    assertThatThrownBy(() -> ForkProcess.result("warning\nrefused: it is odd\n", 0))
        .isInstanceOf(Refused.class)
        .hasMessage("it is odd");
    assertThatThrownBy(() -> ForkProcess.result("", 134)).hasMessageContaining("134");
  }
}
