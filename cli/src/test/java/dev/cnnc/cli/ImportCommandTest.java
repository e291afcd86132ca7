package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportCommandTest {

  @TempDir private Path folder;

  private Path lenet5() {
    Path model = folder.resolve("digits.onnx");
    assertThat(Cnnc.run("export", Cnnc.LENET5, "-o", model).status()).isZero();
    return model;
  }

  @Test
  void writesTheNetworkAndItsWeights() {
    Cnnc answer = Cnnc.run("import", lenet5());
    Path network = folder.resolve("digits.cnn");
    Path weights = folder.resolve("digits.safetensors");
    assertThat(answer)
        .isEqualTo(new Cnnc(0, network + "\n" + weights + "\n12 layers, 61,706 parameters\n", ""));
    assertThat(Cnnc.read(network))
        .contains("network digits", "weights \"digits.safetensors\"")
        .contains("-> conv1: conv(6, 5x5, pad: 2) -> tanh");
    assertThat(Cnnc.run("check", network).status()).isZero();
    assertThat(Cnnc.run("fmt", "--check", network).status()).isZero();
  }

  /** A dimension of size 1 need not lie on any axis of the value. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "reduce_sum",
        "reduce_mean",
        "reduce_max",
        "reduce_min",
        "reduce_l1",
        "reduce_l2",
        "reduce_sum_square"
      })
  void writesReductionsOfOneElement(String reducer) {
    for (String axes : List.of("[0]", "[1]", "[2]", "[1, 2]", "[0, 1, 2]")) {
      for (String chain : List.of("gap -> ", "flatten -> ", "")) {
        Path network =
            Cnnc.file(
                folder,
                "net.cnn",
                "network net\ninput x [3, 4, 4]\nx -> " + chain + reducer + "(" + axes + ")\n");
        Path model = folder.resolve("net.onnx");
        assertThat(Cnnc.run("export", network, "-o", model).status()).isZero();
        Path again = folder.resolve("again.cnn");
        assertThat(Cnnc.run("import", model, "-o", again).err()).isEmpty();
        assertThat(answer(again)).as(chain + axes).isEqualTo(answer(network));
      }
    }
  }

  private static String answer(Path network) {
    String out = Cnnc.run("run", network, "--input", "synthetic", "--reference").out();
    return out.substring(out.indexOf('\n')).replaceAll("output \\[.*?]", "output");
  }

  @Test
  void writesWhereItIsTold() {
    Path network = folder.resolve("deeper/2nd-net.cnn");
    assertThat(Cnnc.run("import", lenet5(), "-o", network).status()).isZero();
    assertThat(Cnnc.read(network))
        .contains("network network_2nd_net", "weights \"2nd-net.safetensors\"");
    assertThat(folder.resolve("deeper/2nd-net.safetensors")).exists();
  }

  @Test
  void tellsWhatItRecognised() {
    Path model = folder.resolve("net.onnx");
    Path network =
        Cnnc.file(
            folder,
            "gelu.cnn",
            """
            network gelus
            input image [1, 4, 4]
            weights synthetic
            image -> conv(2, 3x3) -> gelu -> conv(2, 1x1) -> gelu
            """);
    Cnnc.run("export", network, "-o", model);
    assertThat(Cnnc.run("import", model).out())
        .endsWith("4 layers, 26 parameters\nrecognised gelu: 2\n");
  }

  /** A file called by a keyword, with outputs called softmax and logits. */
  @Test
  void tellsWhichOutputsItRenamed() throws IOException {
    Path softmax = Path.of("..", "..", "shared", "cases", "c07-names", "o2_softmax.onnx");
    assumeTrue(Files.exists(softmax), "skipped: there are no cases");
    Path model = Files.copy(softmax, folder.resolve("network.onnx"));
    Cnnc answer = Cnnc.run("import", model);
    assertThat(answer.out()).endsWith("output softmax is called softmax_2\n");
    assertThat(Cnnc.read(folder.resolve("network.cnn")))
        .contains("network network_network", "output softmax_2 = ", "output logits    = ");
    assertThat(Cnnc.run("check", folder.resolve("network.cnn")).status()).isZero();
  }

  /** Four classes beside the blank: three characters and a space, or four characters. */
  @Test
  void writesTheCharactersOfAModelThatReads() throws IOException {
    Path model = folder.resolve("letters.onnx");
    Path network = Cnnc.file(folder, "a.cnn", "network a\ninput image [1, 4, 5]\nimage -> relu\n");
    Cnnc.run("export", network, "-o", model);
    byte[] plain = Files.readAllBytes(model);
    assertThat(Cnnc.run("import", model).out()).doesNotContain("keys");
    assertThat(folder.resolve("letters.keys.txt")).doesNotExist();

    Files.write(model, metadata("character", "\u7592\n'\n\u3000"), StandardOpenOption.APPEND);
    assertThat(Cnnc.run("import", model).out())
        .endsWith(
            "letters.keys.txt\nthe model reads 3 characters; add to the network:"
                + " read { ctc \"letters.keys.txt\"; space }\n");
    assertThat(folder.resolve("letters.keys.txt")).hasContent("\u7592\n'\n\u3000\n");

    Files.write(model, plain);
    Files.write(model, metadata("character", "a\nb\r\nc\nd\n"), StandardOpenOption.APPEND);
    assertThat(Cnnc.run("import", model).out()).contains("read { ctc \"letters.keys.txt\" }\n");
    Files.write(model, metadata("character", "a"), StandardOpenOption.APPEND);
    assertThat(Cnnc.run("import", model).out())
        .endsWith("the model names 1 characters, but its first output has 4\n");
  }

  /** A text of another encoding is no reason to refuse a network. */
  @Test
  void metadataMayBeAnything() throws IOException {
    Path model = lenet5();
    byte[] broken = metadata("character", "a");
    broken[broken.length - 1] = (byte) 0xFF;
    Files.write(model, broken, StandardOpenOption.APPEND);
    Cnnc answer = Cnnc.run("import", model);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out()).doesNotContain("characters");
  }

  /** Field 14 of onnx.proto, of less than 128 bytes. */
  private static byte[] metadata(String key, String value) {
    byte[] first = key.getBytes(StandardCharsets.UTF_8);
    byte[] second = value.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(6 + first.length + second.length);
    bytes.put((byte) 0x72).put((byte) (4 + first.length + second.length));
    bytes.put((byte) 0x0A).put((byte) first.length).put(first);
    bytes.put((byte) 0x12).put((byte) second.length).put(second);
    return bytes.array();
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    Path model = Files.writeString(folder.resolve("text.onnx"), "not a model");
    Cnnc answer = Cnnc.run("import", model);
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err()).startsWith("cnnc: " + model + " is damaged: ").contains("at byte");
    assertThat(folder.resolve("text.cnn")).doesNotExist();
  }

  @Test
  void refusesAMissingFile() {
    Cnnc answer = Cnnc.run("import", folder.resolve("none.onnx"));
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err()).contains("cannot read").contains("it does not exist");
  }

  @Test
  void shapesAreNumbers() {
    Cnnc answer = Cnnc.run("import", lenet5(), "--input-shape", "image=big");
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err()).contains("--input-shape needs sizes such as image=3,224,224");
  }

  @Test
  void aShapeIsOfAnInput() {
    Cnnc answer = Cnnc.run("import", lenet5(), "--input-shape", "picture=1,28,28");
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err())
        .startsWith("input picture: is not there, but was given a shape\n")
        .contains("   help: the model's input is called image\n");
  }

  @Test
  void aShapeOfOnesOwnChangesTheNetwork() {
    Cnnc answer = Cnnc.run("import", lenet5(), "--input-shape", "image=1,32,32");
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err())
        .startsWith("Gemm fc1: ")
        .contains("   help: ")
        .endsWith(" cannot be imported: 1 problem\n");
  }

  @Test
  void neverReplacesTheModel() throws IOException {
    Path model = lenet5();
    byte[] before = Files.readAllBytes(model);
    Cnnc answer = Cnnc.run("import", model, "-o", model);
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err()).contains("would replace an input file of the network");
    assertThat(Files.readAllBytes(model)).isEqualTo(before);
  }
}
