package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.verify.Difference;
import dev.cnnc.compiler.verify.Numbers;
import dev.cnnc.compiler.verify.Steps;
import dev.cnnc.compiler.verify.Verdict;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyCommandTest {

  private static final String NET =
      """
      network net
      input image [2, 9, 7]
      weights synthetic
      image -> conv1: conv(5, 3x3) -> relu -> conv2: conv(4, 3x3) -> flatten -> fc1: fc(3)
      """;

  private static final String TWO_INPUTS =
      """
      network net
      input left [2, 9, 7]
      input right [2, 9, 7]
      weights synthetic
      output difference = sub(right, left) -> conv1: conv(5, 3x3) -> relu
      """;

  private static Path library;

  @TempDir private Path folder;

  /** As the build has it: nothing is fetched by a test. */
  @BeforeAll
  static void find() throws URISyntaxException {
    library =
        Path.of(OrtEnvironment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void comparesEveryLayerWithTheReferenceAndOnnxRuntime() {
    Cnnc answer = Cnnc.run("verify", Cnnc.LENET5, "--onnxruntime", library);
    assertThat(answer.err()).doesNotContain("ONNX Runtime did not run");
    assertThat(answer.status()).isZero();
    String number = "(0|\\d\\.\\de[+-]\\d\\d)";
    String three = " +" + number + " +" + number + " +(0|[\\d.,]+)";
    assertThat(answer.out())
        .startsWith("lenet5 on synthetic, 1 thread, onnxruntime-")
        .containsPattern(
            "(?m)^layer +does +output +alone +relative +ULPs +of limit +in all +relative +ULPs"
                + " +ONNX Runtime +relative +ULPs$")
        .containsPattern(
            "(?m)^conv1 +conv tanh +\\[6, 28, 28]" + three + " +\\d+ %" + three + three + "$")
        .containsPattern("(?m)^fc1 +flatten fc tanh +\\[120]")
        .containsPattern("(?m)^worst" + three + " +" + three + three + "$")
        .containsPattern("(?m)^output \\[10]: in all " + number + " off")
        .endsWith("\n\nthe emitted class, the reference and ONNX Runtime agree\n");
  }

  @Test
  void aModelIsRunAsItIs() {
    Path model = folder.resolve("model.onnx");
    assertThat(Cnnc.run("export", Cnnc.LENET5, "-o", model).status()).isZero();
    Cnnc answer = Cnnc.run("verify", model, "--onnxruntime", library, "--seed", 7);
    assertThat(answer.status()).as(answer.err()).isZero();
    assertThat(answer.out())
        .startsWith("model on random numbers of --seed 7, 1 thread, onnxruntime-")
        .endsWith("\nthe emitted class, the reference and ONNX Runtime agree\n");
  }

  /** ONNX Runtime gets each input under the model's name, and those with other names in order. */
  @Test
  void everyInputGoesWhereItBelongs() throws IOException {
    Path network = Cnnc.file(folder, "net.cnn", TWO_INPUTS);
    Path model = folder.resolve("net.onnx");
    assertThat(Cnnc.run("export", network, "-o", model).status()).isZero();
    Cnnc answer = Cnnc.run("verify", network, "--onnxruntime", library);
    assertThat(answer.status()).as(answer.err() + answer.out()).isZero();
    assertThat(answer.out())
        .endsWith("\nthe emitted class, the reference and ONNX Runtime agree\n");
    assertThat(Cnnc.run("verify", model, "--onnxruntime", library, "--seed", 7).status()).isZero();
    String renamed = TWO_INPUTS.replace("left", "one").replace("right", "two");
    Path other = Cnnc.file(folder, "other.cnn", renamed);
    assertThat(Cnnc.run("verify", other, "--against", model, "--onnxruntime", library).status())
        .isZero();
    Path swapped =
        Cnnc.file(folder, "swapped.cnn", TWO_INPUTS.replace("right, left", "left, right"));
    assertThat(Cnnc.run("verify", swapped, "--against", model, "--onnxruntime", library).status())
        .isEqualTo(1);
    Cnnc more = Cnnc.run("verify", Cnnc.LENET5, "--against", model, "--onnxruntime", library);
    assertThat(more.status()).isEqualTo(1);
  }

  @Test
  void aChangedNumberMakesAnotherNetwork() throws IOException {
    Path network = Cnnc.file(folder, "net.cnn", NET);
    Path model = folder.resolve("net.onnx");
    assertThat(Cnnc.run("export", network, "-o", model).status()).isZero();
    Path imported = folder.resolve("imported.cnn");
    assertThat(Cnnc.run("import", model, "-o", imported).status()).isZero();
    Cnnc same = Cnnc.run("verify", imported, "--against", model, "--onnxruntime", library);
    assertThat(same.status()).as(same.err()).isZero();

    Path weights = folder.resolve("imported.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    // The numbers of fc1 stand last; its first bias before its other two.
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int place = bytes.length - 3 * Float.BYTES;
    numbers.putFloat(place, numbers.getFloat(place) + 0.01f);
    Files.write(weights, bytes);
    Cnnc other = Cnnc.run("verify", imported, "--against", model, "--onnxruntime", library);
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.out())
        .endsWith(
            "\n\noutput differs when ONNX Runtime runs "
                + model
                + "\nthe reference agrees with the class, and ONNX Runtime differs without its"
                + " optimisations too\n");
  }

  /** A number plus ten million has no digits behind the point left. */
  @Test
  void aNetworkThatAmplifiesRoundingsAgreesWithNothing() {
    String text =
        """
        network net
        input image [1, 4, 4]
        image -> scale(1, shift: 10000000) -> relu -> scale(1, shift: -10000000)
        """;
    Path network = Cnnc.file(folder, "net.cnn", text);
    Cnnc answer = Cnnc.run("verify", network, "--no-onnxruntime");
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.out())
        .containsPattern(
            "output is \\d\\.\\de-01 of its largest number off although every layer agrees")
        .doesNotContain("the reference agree\n");
  }

  @Test
  void inputsAreWhatTheTypesOfAModelHold() {
    float[] numbers = {-1, 0.3f, 1};
    assertThat(FittedInputs.fitted(numbers, Onnx.DataType.UINT8)).containsExactly(0, 166, 255);
    assertThat(FittedInputs.fitted(numbers, Onnx.DataType.INT8)).containsExactly(-127, 38, 127);
    assertThat(FittedInputs.fitted(new float[] {7}, Onnx.DataType.INT64)).containsExactly(7);
    assertThat(FittedInputs.fitted(numbers, Onnx.DataType.FLOAT16)[1]).isEqualTo(0.30004883f);
    assertThat(FittedInputs.fitted(numbers, Onnx.DataType.FLOAT)).containsExactly(numbers);
  }

  @Test
  void itIsToldWhoseFaultADifferenceIs() {
    Difference none = Difference.NONE;
    Shape shape = new Shape(1, 1, 1);
    Verdict.Peer wrong = new Verdict.Peer(new Difference(1, 1, 1), 0, Steps.NONE);
    Verdict.Peer right = new Verdict.Peer(none, 0, Steps.NONE);
    Verdict differs = verdict(shape, wrong);
    Verdict agrees = verdict(shape, right);
    assertThat(differs.onlyPeerDiffers()).isTrue();
    assertThat(agrees.onlyPeerDiffers()).isFalse();
    Verified theirs = verified(differs, agrees);
    assertThat(theirs.agrees()).isTrue();
    assertThat(VerifiedText.of(theirs))
        .endsWith(
            "without its optimisations ONNX Runtime agrees: they are at fault, not the class\n");
    Verified unknown = verified(differs, differs);
    assertThat(unknown.agrees()).isFalse();
    assertThat(VerifiedText.of(unknown)).contains("differs without its optimisations too");
  }

  private static Verdict verdict(Shape shape, Verdict.Peer peer) {
    return new Verdict(
        List.of(),
        List.of(
            new Verdict.Output(
                "y",
                shape,
                true,
                Difference.NONE,
                Steps.NONE,
                new Numbers(1, 1, false),
                Optional.of(peer))));
  }

  private static Verified verified(Verdict verdict, Verdict unoptimised) {
    return new Verified(
        "net",
        "synthetic",
        1,
        Optional.of("jar"),
        Optional.empty(),
        verdict,
        Optional.of(unoptimised));
  }

  @Test
  void doesWithoutOnnxRuntime() {
    Cnnc answer = Cnnc.run("verify", Cnnc.LENET5, "--no-onnxruntime", "--threads", 2);
    assertThat(answer.status()).isZero();
    assertThat(answer.out())
        .startsWith("lenet5 on synthetic, 2 threads, without ONNX Runtime\n")
        .containsPattern("(?m)ULPs +of limit +in all +relative +ULPs$")
        .endsWith("\nthe emitted class and the reference agree\n");
  }

  @Test
  void jsonHasTheDocumentedShape() {
    Cnnc answer = Cnnc.run("verify", Cnnc.LENET5, "--onnxruntime", library, "--seed", 3, "--json");
    assertThat(answer.status()).as(answer.err()).isZero();
    JsonNode json = new JsonMapper().readTree(answer.out());
    assertThat(json.propertyNames())
        .containsExactly(
            "network",
            "input",
            "threads",
            "onnxruntime",
            "agrees",
            "first",
            "unoptimised",
            "layers",
            "outputs",
            "notes");
    assertThat(json.get("input").asString()).isEqualTo("random numbers of --seed 3");
    assertThat(json.get("onnxruntime").asString()).isEqualTo(library.getFileName().toString());
    assertThat(json.get("agrees").booleanValue()).isTrue();
    assertThat(json.get("first").isNull()).isTrue();
    assertThat(
            StreamSupport.stream(json.get("layers").spliterator(), false)
                .map(layer -> layer.get("layer").asString()))
        .containsExactly("conv1", "1", "conv2", "3", "fc1", "fc2", "fc3");
    JsonNode layer = json.get("layers").get(0);
    assertThat(layer.propertyNames())
        .containsExactly(
            "layer", "does", "shape", "alone", "off", "limit", "agrees", "whole", "onnxruntime");
    assertThat(layer.get("shape")).hasToString("[6,28,28]");
    for (JsonNode difference :
        new JsonNode[] {
          layer.get("alone"), layer.get("whole"), layer.get("onnxruntime").get("whole")
        }) {
      assertThat(difference.propertyNames()).containsExactly("absolute", "relative", "ulps");
      assertThat(difference.get("absolute").asDouble()).isPositive().isLessThan(1e-5);
    }
    assertThat(layer.get("limit").asDouble()).isGreaterThan(layer.get("off").asDouble());
    assertThat(json.get("outputs").get(0).propertyNames())
        .containsExactly("output", "shape", "intact", "finite", "whole", "onnxruntime");
  }

  @Test
  void anotherSeedIsAnotherInputAndTheSameSeedTheSame() {
    String first = Cnnc.run("verify", Cnnc.LENET5, "--no-onnxruntime", "--seed", 1).out();
    assertThat(Cnnc.run("verify", Cnnc.LENET5, "--no-onnxruntime", "--seed", 1).out())
        .isEqualTo(first);
    assertThat(
            Cnnc.run("verify", Cnnc.LENET5, "--no-onnxruntime", "--seed", 2).out().lines().skip(1))
        .isNotEqualTo(first.lines().skip(1).toList());
  }

  @Test
  void whatIsAskedForByNameHasToRun() throws IOException {
    Path missing = folder.resolve("none.jar");
    assertThat(Cnnc.run("verify", Cnnc.LENET5, "--onnxruntime", missing))
        .isEqualTo(new Cnnc(1, "", "cnnc: cannot read " + missing + "\n"));
    Path model = Files.writeString(folder.resolve("damaged.onnx"), "no model");
    Cnnc answer = Cnnc.run("verify", Cnnc.LENET5, "--against", model, "--onnxruntime", library);
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains("cnnc: ONNX Runtime did not run: ai.onnxruntime.");
  }

  @Test
  void whatMakesNoSenseIsWrongUsage() {
    wrong("--seed generates the input", Cnnc.LENET5, "--seed", 1, "--input", "synthetic");
    wrong("--weights is for .cnn files", "model.onnx", "--weights", "synthetic");
    wrong("--input-shape is for models", Cnnc.LENET5, "--input-shape", "image=1,28,28");
    wrong(
        "cannot be combined with --onnxruntime or --against",
        Cnnc.LENET5,
        "--no-onnxruntime",
        "--against",
        "model.onnx");
    wrong("--threads takes a number", Cnnc.LENET5, "--threads", 0);
  }

  private static void wrong(String message, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = "verify";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Cnnc answer = Cnnc.run(all);
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err()).contains(message);
  }

  @Test
  void whatIsWrongWithAFileIsToldAsElsewhere() {
    Path network = Cnnc.file(folder, "net.cnn", NET.replace("3x3", "33x3"));
    Cnnc answer = Cnnc.run("verify", network, "--no-onnxruntime");
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err()).contains("net.cnn:4:17: error[E204]");
  }
}
