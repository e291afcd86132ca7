package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.OnnxWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code cnnc verify} says where a comparison says little, or compares what must differ. */
class VerifyTrustTest {
  @TempDir private Path folder;

  /** As many places are lost as make a thousandth of the output. */
  @Test
  void whatANetworkAmplifiesIsTold() {
    String text =
        """
        network net
        input image [1, 4, 4]
        image -> scale(1, shift: 1000000) -> relu -> scale(1, shift: -1000000)
        """;
    Path network = Cnnc.file(folder, "net.cnn", text);
    Cnnc answer = Cnnc.run("verify", network, "--no-onnxruntime");
    assertThat(answer.status()).isZero();
    assertThat(answer.out())
        .containsPattern(
            "(?m)^note: output is 3.0e-02 of its largest number off although every layer agrees:"
                + " the network amplifies roundings, and smaller faults of it are not seen$")
        .endsWith("\nthe emitted class and the reference agree\n");
  }

  @Test
  void outputsThatSayNothingAreTold() {
    Path network = Cnnc.file(folder, "net.cnn", outputs("relu"));
    Cnnc zeros = Cnnc.run("verify", network, "--no-onnxruntime");
    assertThat(zeros.status()).isZero();
    assertThat(zeros.out()).contains("note: all numbers of output are equal, which many faults");
    Cnnc.file(folder, "net.cnn", outputs("sqrt"));
    Cnnc none = Cnnc.run("verify", network, "--no-onnxruntime");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.out())
        .endsWith("\noutput has no finite number, so nothing was compared: try another input\n")
        .doesNotContain("reference agree\n");
  }

  private static String outputs(String function) {
    return "network net\ninput image [1, 4, 4]\nimage -> scale(1, shift: -100) -> " + function;
  }

  /** Numbers from -1 to 1 become bytes, and both get the same ones. */
  @Test
  void aModelThatIsComparedWithGetsWhatItsTypesHold() throws IOException, URISyntaxException {
    Path library =
        Path.of(OrtEnvironment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path bytes =
        model(
            Onnx.DataType.UINT8,
            new Onnx.Node(
                "",
                "Cast",
                List.of("x"),
                List.of("y"),
                List.of(new Onnx.Attribute.Whole("to", 1))));
    Path network = Cnnc.file(folder, "net.cnn", "network net\ninput x [1, 4, 4]\nx -> identity\n");
    Cnnc same =
        Cnnc.run("verify", network, "--against", bytes, "--onnxruntime", library, "--seed", 3);
    assertThat(same.out() + same.err()).contains("and ONNX Runtime agree");
    Path halves =
        model(
            Onnx.DataType.FLOAT16,
            new Onnx.Node("", "Sigmoid", List.of("x"), List.of("y"), List.of()));
    Cnnc half = Cnnc.run("verify", halves, "--onnxruntime", library);
    assertThat(half.out() + half.err()).contains("and ONNX Runtime agree");
  }

  private Path model(Onnx.DataType type, Onnx.Node node) throws IOException {
    Path file = folder.resolve(node.operator() + ".onnx");
    Onnx.DataType given = type == Onnx.DataType.UINT8 ? Onnx.DataType.FLOAT : type;
    List<Long> shape = List.of(1L, 1L, 4L, 4L);
    Onnx.Graph graph =
        new Onnx.Graph(
            "g",
            List.of(node),
            List.of(),
            List.of(new Onnx.ValueInfo("x", type, shape)),
            List.of(new Onnx.ValueInfo("y", given, shape)));
    try (OutputStream out = Files.newOutputStream(file)) {
      OnnxWriter.write(
          new Onnx.Model(8, "", "", List.of(new Onnx.OperatorSet("", 13)), graph), out);
    }
    return file;
  }
}
