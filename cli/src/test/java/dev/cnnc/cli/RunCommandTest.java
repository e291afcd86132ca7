package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import dev.cnnc.compiler.weights.SafetensorsWriter.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunCommandTest {
  private static final String SEVEN = Cnnc.EXAMPLES + "digits/7-0000.png";

  /** By PyTorch, for the same weights and picture. */
  private static final double[] LOGITS = {
    -0.9891, 0.1921, 2.8979, 2.0635, -3.0344, -2.1532, -10.9574, 11.6107, -2.1618, 1.9148
  };

  private static final String TWO_OUTPUTS =
      """
      network two
      input x [2, 4, 4]
      weights synthetic
      output scores = x -> flatten -> fc1: fc(3) -> softmax
      output mask = x -> conv1: conv(1, 1x1)
      """;

  private static final String TWO_INPUTS =
      """
      network two
      input image [1, 28, 28]
      input known [2]
      preprocess image { scale 1/255 }
      output sum = known -> reduce_sum([0])
      output brightest = image -> gmp
      """;

  @TempDir private Path folder;

  @Test
  void namesWhatAPictureShows() {
    Cnnc cnnc = Cnnc.run("run", Cnnc.LENET5, "--input", SEVEN, "--top", 2);
    assertThat(cnnc.status()).isZero();
    assertThat(cnnc.out())
        .matches("lenet5 on \\S+/7-0000.png, [0-9.]+ ms\n {3}99\\.97 % {2}7\n {4}0\\.02 % {2}2\n");
  }

  @Test
  void jsonHasTheDocumentedShapeAndNothingBesides() {
    Cnnc cnnc = Cnnc.run("run", Cnnc.LENET5, "--input", SEVEN, "--json");
    assertThat(cnnc.status()).isZero();
    JsonNode json = new JsonMapper().readTree(cnnc.out());
    assertThat(json.propertyNames()).containsExactly("network", "outputs", "milliseconds");
    assertThat(json.get("network").asString()).isEqualTo("lenet5");
    assertThat(json.get("outputs").propertyNames()).containsExactly("output");
    assertThat(json.get("outputs").get("output").get("shape")).hasToString("[10]");
    assertThat(data(json, "output")).containsExactly(LOGITS, Offset.offset(1e-3));
    assertThat(json.get("milliseconds").asDouble()).isPositive();
  }

  @Test
  void theInterpreterGivesTheSame() {
    Cnnc cnnc = Cnnc.run("run", Cnnc.LENET5, "--input", SEVEN, "--json", "--reference");
    assertThat(data(new JsonMapper().readTree(cnnc.out()), "output"))
        .containsExactly(LOGITS, Offset.offset(1e-3));
  }

  @Test
  void everyInputIsNamed() throws IOException {
    Path net = Files.writeString(folder.resolve("net.cnn"), TWO_INPUTS);
    Path known = folder.resolve("known.npy");
    NpyFile.write(known, Shape.vector(2), new float[] {3, -5});
    String picture = "image=" + SEVEN;
    Cnnc cnnc = Cnnc.run("run", net, "--input", "known=" + known, "--input", picture, "--json");
    assertThat(cnnc.err()).isEmpty();
    assertThat(data(new JsonMapper().readTree(cnnc.out()), "sum"))
        .containsExactly(new double[] {-2}, Offset.offset(1e-6));
    assertThat(data(new JsonMapper().readTree(cnnc.out()), "brightest"))
        .containsExactly(new double[] {1}, Offset.offset(1e-6));
    Cnnc made = Cnnc.run("run", net, "--input", "synthetic", "--input", picture, "--json");
    assertThat(data(new JsonMapper().readTree(made.out()), "brightest"))
        .containsExactly(new double[] {1}, Offset.offset(1e-6));
    Cnnc reference =
        Cnnc.run("run", net, "--input", "synthetic", "--input", picture, "--json", "--reference");
    assertThat(data(new JsonMapper().readTree(reference.out()), "sum"))
        .containsExactly(data(new JsonMapper().readTree(made.out()), "sum"), Offset.offset(1e-6));
  }

  @Test
  void aWrongInputIsTold() throws IOException {
    Path net = Files.writeString(folder.resolve("net.cnn"), TWO_INPUTS);
    assertThat(Cnnc.run("run", net, "--input", SEVEN).err())
        .contains(
            "for which input is " + SEVEN + "? The inputs are image, known: say --input image=");
    assertThat(Cnnc.run("run", net, "--input", "image=" + SEVEN).err())
        .contains("input known is missing: say --input known=FILE, or --input synthetic for all");
    assertThat(Cnnc.run("run", net, "--input", "imgae=" + SEVEN).err())
        .contains("for which input is imgae=" + SEVEN);
    assertThat(Cnnc.run("run", net, "--input", "known=a.npy", "--input", "known=b.npy").err())
        .contains("input known is given twice: a.npy and b.npy");
    assertThat(Cnnc.run("run", net, "--input", "synthetic", "--input", "known=" + SEVEN).err())
        .contains("does not fit: input known of two takes 2 channels, a picture has 1 or 3");
  }

  @Test
  void twoThreadsGiveTheSameBits() {
    String one = outputs(Cnnc.run("run", Cnnc.LENET5, "--input", "synthetic", "--json"));
    String two =
        outputs(Cnnc.run("run", Cnnc.LENET5, "--input", "synthetic", "--json", "--threads", 2));
    assertThat(one).isEqualTo(two);
  }

  private static String outputs(Cnnc cnnc) {
    return new JsonMapper().readTree(cnnc.out()).get("outputs").toString();
  }

  @Test
  void showsTheLargestValuesWhereThereAreNoLabels() {
    Path file = Cnnc.file(folder, "two.cnn", TWO_OUTPUTS);
    Cnnc cnnc = Cnnc.run("run", file, "--input", "synthetic", "--top", 2);
    assertThat(cnnc.err()).isEmpty();
    assertThat(cnnc.out())
        .matches(
            """
            two on synthetic, [0-9.]+ ms
            scores \\[3\\], the largest 2 values:
             +0\\.[0-9]+  at [012]
             +0\\.[0-9]+  at [012]
            mask \\[1, 4, 4\\], the largest 2 values:
             +[0-9.]+  at \\[0, [0-3], [0-3]\\]
             +[0-9.]+  at \\[0, [0-3], [0-3]\\]
            """);
  }

  @Test
  void arraysGoInAndOut() {
    Path file = Cnnc.file(folder, "two.cnn", TWO_OUTPUTS);
    Path in = folder.resolve("in.npy");
    Path out = folder.resolve("out.npy");
    float[] pixels = new float[32];
    IntStream.range(0, 32).forEach(index -> pixels[index] = index / 32f);
    NpyFile.write(in, new Shape(2, 4, 4), pixels);
    Cnnc cnnc = Cnnc.run("run", file, "--input", in, "--output", out, "--json");
    assertThat(cnnc.status()).isZero();
    float[] scores = NpyFile.read(out, Shape.vector(3));
    JsonNode json = new JsonMapper().readTree(cnnc.out());
    assertThat(json.get("outputs").propertyNames()).containsExactly("scores", "mask");
    assertThat(json.get("outputs").get("mask").get("shape")).hasToString("[1,4,4]");
    double[] printed = data(json, "scores");
    for (int index = 0; index < 3; index++) {
      assertThat((float) printed[index]).isEqualTo(scores[index]);
    }
  }

  @Test
  void noInputIsWrongUsageAndShowsTheThreeKinds() {
    assertThat(Cnnc.run("run", Cnnc.LENET5))
        .isEqualTo(
            new Cnnc(
                2,
                "",
                """
                cnnc run: what shall the network look at? Give one of
                  --input PICTURE      a PNG, JPEG, GIF, BMP or TIFF file
                  --input FILE.npy     an array of <f4 or <f8, [channels, height, width]
                  --input synthetic    made-up numbers, the same everywhere
                Usage: cnnc run [OPTIONS] FILE.cnn
                Try 'cnnc run --help'.
                """));
  }

  @Test
  void numbersOutsideTheirRangeAreWrongUsage() {
    assertThat(Cnnc.run("run", Cnnc.LENET5, "--input", "synthetic", "--top", 0).err())
        .startsWith("cnnc run: --top takes a number from 1, not 0\n");
    Cnnc cnnc = Cnnc.run("run", Cnnc.LENET5, "--input", "synthetic", "--threads", 2000);
    assertThat(cnnc.err())
        .startsWith("cnnc run: --threads takes a number from 1 to 1024, not 2000\n");
    assertThat(cnnc.status()).isEqualTo(2);
  }

  @Test
  void anInputThatCannotBeReadIsSaidToBeSo() {
    Path text = Cnnc.file(folder, "picture.png", "no picture");
    failsWith("cannot read " + folder.resolve("none.png") + ": it does not exist", "none.png");
    failsWith("cnnc: " + text + " is no picture", "picture.png");
    failsWith("array.npy: it ends within its header", Cnnc.file(folder, "array.npy", ""));
  }

  @Test
  void aPictureOfAnotherSizeDoesNotFit() {
    Path file =
        Cnnc.file(
            folder,
            "small.cnn",
            "network small\ninput x [1, 8, 8]\nweights synthetic\nx -> flatten -> fc(2)\n");
    Cnnc cnnc = Cnnc.run("run", file, "--input", SEVEN);
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.err())
        .isEqualTo(
            "cnnc: "
                + SEVEN
                + " does not fit: small takes pictures of 8 by 8 pixels (width by height), this"
                + " one has 28 by 28; without a preprocess clause a picture must have"
                + " the input's size\n");
  }

  @Test
  void weightsThatDoNotBelongAreErrorsOfTheInput() throws IOException {
    Path bad = folder.resolve("bad.safetensors");
    SafetensorsWriter.write(bad, List.of());
    Cnnc cnnc = Cnnc.run("run", Cnnc.LENET5, "--input", SEVEN, "--json", "--weights", bad);
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.out()).isEmpty();
    assertThat(cnnc.err()).contains("conv1.weight").contains("fc3.bias");
  }

  @Test
  void aNumberThatIsNoneIsAnErrorOfTheLayer() throws IOException {
    Path file =
        Cnnc.file(
            folder,
            "net.cnn",
            "network net\ninput x [1, 1, 2]\nweights \"net.safetensors\"\nx -> fc: fc(1)\n");
    SafetensorsWriter.write(
        folder.resolve("net.safetensors"),
        List.of(
            new Tensor("fc.weight", List.of(1, 2), () -> new float[] {1, Float.NaN}),
            new Tensor("fc.bias", List.of(1), () -> new float[] {1})));
    for (String engine : List.of("--top=1", "--reference")) {
      Cnnc cnnc = Cnnc.run("run", file, "--input", "synthetic", engine);
      assertThat(cnnc.status()).isEqualTo(1);
      assertThat(cnnc.out()).isEmpty();
      assertThat(cnnc.err()).startsWith(file + ":4:10: error[E").contains("fc.weight");
    }
  }

  @Test
  void aFileThatNamesNoWeightsAsksForThem() {
    Path file = Cnnc.file(folder, "net.cnn", "network net\ninput x [1, 2, 2]\nx -> fc(2)\n");
    Cnnc cnnc = Cnnc.run("run", file, "--input", "synthetic");
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.err()).contains("error[E320]").contains("use --weights");
    assertThat(Cnnc.run("run", file, "--input", "synthetic", "--weights", "synthetic").status())
        .isZero();
  }

  /** Nothing to ask for: resize, pools, functions. */
  @ParameterizedTest
  @ValueSource(strings = {"maxpool(2x2) -> relu", "resize(8x8)", "gap -> softmax", "relu"})
  void aNetworkWithoutTensorsNeedsNoWeights(String layers) {
    Path file = Cnnc.file(folder, "net.cnn", "network net\ninput x [3, 4, 4]\nx -> " + layers);
    assertThat(Cnnc.run("run", file, "--input", "synthetic").err()).doesNotContain("error");
    assertThat(Cnnc.run("run", file, "--input", "synthetic", "--reference").status()).isZero();
    assertThat(Cnnc.run("compile", file, "-o", folder.resolve("java")).status()).isZero();
    assertThat(Cnnc.run("verify", file, "--no-onnxruntime").status()).isZero();
    Path model = folder.resolve("net.onnx");
    assertThat(Cnnc.run("export", file, "-o", model).status()).isZero();
    Path again = folder.resolve("again.cnn");
    assertThat(Cnnc.run("import", model, "-o", again).status()).isZero();
    assertThat(Cnnc.run("run", again, "--input", "synthetic").status()).isZero();
  }

  @Test
  void anOutputThatCannotBeWrittenIsSaidToBeSoAtOnce() {
    Path nowhere = folder.resolve("nowhere/out.npy");
    assertThat(Cnnc.run("run", Cnnc.LENET5, "--input", "synthetic", "--output", nowhere))
        .isEqualTo(
            new Cnnc(1, "", "cnnc: cannot write " + nowhere + ": its folder does not exist\n"));
    assertThat(Cnnc.run("run", Cnnc.LENET5, "--input", "synthetic", "--output", folder))
        .isEqualTo(new Cnnc(1, "", "cnnc: cannot write " + folder + ": it is a folder\n"));
  }

  @Test
  void aNetworkThatNoArrayCanHoldIsNoDefect() {
    Path file =
        Cnnc.file(
            folder,
            "big.cnn",
            """
            network big
            input x [1, 10000, 10000]
            weights synthetic
            x -> conv(20, 1x1)
            """);
    for (String command : List.of("inspect", "compile")) {
      Cnnc cnnc = Cnnc.run(command, file, command.equals("compile") ? "-o" + folder : "--json");
      assertThat(cnnc.status()).isEqualTo(1);
      assertThat(cnnc.out()).isEmpty();
      assertThat(cnnc.err()).contains("big need more than 2,147,483,647 floats");
    }
  }

  private void failsWith(String message, Object input) {
    Cnnc cnnc = Cnnc.run("run", Cnnc.LENET5, "--input", folder.resolve(input.toString()));
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.out()).isEmpty();
    assertThat(cnnc.err()).startsWith("cnnc: ").contains(message);
  }

  private static double[] data(JsonNode json, String output) {
    JsonNode data = json.get("outputs").get(output).get("data");
    return IntStream.range(0, data.size()).mapToDouble(i -> data.get(i).asDouble()).toArray();
  }
}
