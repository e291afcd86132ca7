package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

  private static final String TINY =
      """
      network tiny
      input image [1, 2, 2]
      weights synthetic
      image -> conv(1, 2x2)
      """;

  @TempDir private Path folder;

  @Test
  void writesBesideTheNetwork() throws IOException {
    Path network = Cnnc.file(folder, "tiny.cnn", TINY);
    Path model = folder.resolve("tiny.onnx");
    assertThat(Cnnc.run("export", network)).isEqualTo(new Cnnc(0, model + "\n", ""));
    // IR version 8, then the producer's name.
    assertThat(Files.readAllBytes(model)).startsWith(0x08, 0x08, 0x12, 0x04, 'c', 'n', 'n', 'c');
    assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
  }

  @Test
  void writesWhereItIsTold() {
    Path model = folder.resolve("deeper/lenet5.onnx");
    assertThat(Cnnc.run("export", Cnnc.LENET5, "-o", model))
        .isEqualTo(new Cnnc(0, model + "\n", ""));
    // 61,706 parameters and little else.
    assertThat(model.toFile().length()).isBetween(4L * 61_706, 4L * 61_706 + 3000);
  }

  @Test
  void aTrainedNetworkKeepsItsNumbers() throws IOException {
    Path trained = folder.resolve("trained.onnx");
    Path synthetic = folder.resolve("synthetic.onnx");
    Cnnc.run("export", Cnnc.LENET5, "-o", trained);
    Cnnc.run("export", Cnnc.LENET5, "-o", synthetic, "--weights", "synthetic");
    assertThat(trained.toFile().length()).isEqualTo(synthetic.toFile().length());
    assertThat(Files.mismatch(trained, synthetic)).isPositive();
  }

  @Test
  void neverReplacesTheNetwork() {
    Path network = Cnnc.file(folder, "tiny.cnn", TINY);
    Cnnc answer = Cnnc.run("export", network, "-o", network);
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err()).contains("would replace an input file of the network");
    assertThat(Cnnc.read(network)).isEqualTo(TINY);
  }

  /** Networks of more than 2 GB are written so, which a test does not wait for. */
  @Test
  void writesTensorsToAFileBesideTheModel() throws IOException {
    Path model = folder.resolve("lenet5.onnx");
    Path data = folder.resolve("lenet5.onnx.data");
    assertThat(Cnnc.run("export", Cnnc.LENET5, "-o", model, "--external-data"))
        .isEqualTo(new Cnnc(0, model + "\n", ""));
    assertThat(data.toFile().length()).isBetween(4L * 61_000, 4L * 61_706 + 5 * 4096);
    assertThat(model.toFile().length()).isLessThan(5_000);
    assertThat(Cnnc.run("verify", model).status()).isZero();
    Path whole = folder.resolve("whole/lenet5.onnx");
    Cnnc.run("export", Cnnc.LENET5, "-o", whole);
    assertThat(weights(model)).isEqualTo(weights(whole)).isNotEmpty();
  }

  /** What an import makes of a model's tensors. */
  private static byte[] weights(Path model) throws IOException {
    assertThat(Cnnc.run("import", model).status()).isZero();
    return Files.readAllBytes(model.resolveSibling("lenet5.safetensors"));
  }

  @Test
  void tellsWhatIsWrongWithTheNetwork() {
    Path network = Cnnc.file(folder, "wrong.cnn", TINY.replace("2x2)", "5x5)"));
    Cnnc answer = Cnnc.run("export", network);
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err()).contains("wrong.cnn:4:10: error[E");
  }
}
