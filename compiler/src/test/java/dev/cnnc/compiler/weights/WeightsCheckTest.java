package dev.cnnc.compiler.weights;

import static dev.cnnc.compiler.weights.HandmadeFile.header;
import static dev.cnnc.compiler.weights.HandmadeFile.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.runtime.weights.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsCheckTest {

  private static final String GOOD_WEIGHT = tensor("fc.weight", "F32", "[2,3]", "[0,24]");
  private static final String GOOD_BIAS = tensor("fc.bias", "F32", "[2]", "[24,32]");

  @TempDir private Path folder;

  /** One layer, {@code fc}, that wants a weight [2, 3] and a bias [2]. */
  private static Graph network() {
    GraphBuilder graph = new GraphBuilder(3, 1, 1);
    return graph.build(graph.fc("fc", 0, 2));
  }

  private List<Diagnostic> check(int bytes, String... entries) {
    Path file = new HandmadeFile(folder).of(header(entries), bytes);
    return WeightsCheck.check(network(), Safetensors.open(file), Storage.F32);
  }

  private List<String> texts(List<Diagnostic> findings) {
    String path = folder.resolve("x").toString();
    return findings.stream()
        .map(
            finding ->
                finding.code()
                    + " "
                    + finding.message()
                    + finding.help().map(help -> "; " + help).orElse(""))
        .map(text -> text.replace(path.substring(0, path.length() - 1), ""))
        .toList();
  }

  @Test
  void aFileThatFitsIsFine() {
    assertThat(
            check(
                40,
                GOOD_WEIGHT,
                GOOD_BIAS,
                tensor("bn1.num_batches_tracked", "I64", "[]", "[32,40]")))
        .isEmpty();
  }

  @Test
  void e313FindsWhatSixteenBitsCannotHold() throws IOException {
    Path file = folder.resolve("net.safetensors");
    SafetensorsWriter.write(
        file,
        List.of(
            new SafetensorsWriter.Tensor(
                "fc.weight", List.of(2, 3), () -> new float[] {1, -70_000, 0, 1, 2, 3}),
            new SafetensorsWriter.Tensor("fc.bias", List.of(2), () -> new float[] {100_000, 0})));
    Safetensors weights = Safetensors.open(file);
    assertThat(texts(WeightsCheck.check(network(), weights, Storage.F16)))
        .containsExactly(
            "E313 tensor fc.weight of net.safetensors holds 70000.0, too large for f16; write as"
                + " bf16: it has a float's range");
    assertThat(WeightsCheck.check(network(), weights, Storage.BF16)).isEmpty();
    assertThat(WeightsCheck.check(network(), weights, Storage.F32)).isEmpty();
  }

  @Test
  void e311NamesTheNearestTensorThatNobodyWants() {
    List<Diagnostic> findings = check(32, GOOD_WEIGHT, tensor("fc.biass", "F32", "[2]", "[24,32]"));
    assertThat(texts(findings))
        .containsExactly(
            "E311 net.safetensors has no tensor fc.bias; did you mean fc.biass?",
            "W301 no layer uses 1 tensor of net.safetensors: fc.biass");
  }

  @Test
  void e311SeesPrefixesOfWholeModels() {
    List<Diagnostic> findings =
        check(
            32,
            tensor("model.module.fc.weight", "F32", "[2,3]", "[0,24]"),
            tensor("model.module.fc.bias", "F32", "[2]", "[24,32]"));
    assertThat(texts(findings))
        .containsExactly(
            """
            E311 net.safetensors has all 2 tensors of the network with model.module. before \
            their names; take it off in Python:
               from safetensors.torch import load_file, save_file
               save_file({k.removeprefix("model.module."): v for k, v in \
            load_file("net.safetensors").items()}, "net.safetensors")
            or put the layers into a group with this label: model: [module: [...]]\
            """);
  }

  @Test
  void e311NamesSingleTensorsIfThePrefixIsNotThatOfAll() {
    List<Diagnostic> findings = check(24, tensor("module.fc.weight", "F32", "[2,3]", "[0,24]"));
    assertThat(texts(findings))
        .containsExactly(
            "E311 net.safetensors has no tensor fc.weight; did you mean module.fc.weight?",
            "E311 net.safetensors has no tensor fc.bias",
            "W301 no layer uses 1 tensor of net.safetensors: module.fc.weight");
  }

  @Test
  void e312AndE309AreFoundTogether() {
    List<Diagnostic> findings =
        check(
            28,
            tensor("fc.weight", "F32", "[3,2]", "[0,24]"),
            tensor("fc.bias", "I16", "[2]", "[24,28]"));
    assertThat(texts(findings))
        .containsExactly(
            "E312 tensor fc.weight of net.safetensors is [3, 2], not [2, 3]",
            "E309 tensor fc.bias of net.safetensors has elements of type I16, which no layer can"
                + " use; convert it to F32, F16 or BF16");
  }

  @Test
  void weightsOfAFlattenedPictureMeetAnFcOfEveryPixel() {
    GraphBuilder graph = new GraphBuilder(3, 2, 2);
    Graph pixels = graph.build(graph.pixelFc("fc", 0, 2));
    Path file =
        new HandmadeFile(folder)
            .of(
                header(
                    tensor("fc.weight", "F32", "[2,12]", "[0,96]"),
                    tensor("fc.bias", "F32", "[2]", "[96,104]")),
                104);
    assertThat(texts(WeightsCheck.check(pixels, Safetensors.open(file), Storage.F32)))
        .containsExactly(
            "E312 tensor fc.weight of net.safetensors is [2, 12], not [2, 3]; fc acts on every"
                + " pixel by itself: write flatten before it");
  }

  @Test
  void e310IsFoundBeforeAnythingIsCompiled() {
    byte[] data = new byte[32];
    Arrays.fill(data, 24, 32, (byte) 0xFF);
    Path file = new HandmadeFile(folder).of(header(GOOD_WEIGHT, GOOD_BIAS), data);
    assertThat(texts(WeightsCheck.check(network(), Safetensors.open(file), Storage.F32)))
        .containsExactly(
            "E310 tensor fc.bias of net.safetensors has 2 elements that are not finite, first at"
                + " index 0");
  }

  @Test
  void errorsPointAtTheLayerThatWantedTheTensor() {
    assertThat(check(24, GOOD_WEIGHT))
        .extracting(Diagnostic::span)
        .containsExactly(Optional.of(GraphBuilder.NOWHERE.span()));
  }

  @Test
  void w301NamesAFewAndCountsManyByPrefix() {
    List<Diagnostic> findings =
        check(
            36,
            GOOD_WEIGHT,
            GOOD_BIAS,
            tensor("layer4.0.a", "U8", "[]", "[32,33]"),
            tensor("aux", "U8", "[]", "[33,34]"),
            tensor("layer4.1.b", "F32", "[0]", "[34,34]"),
            tensor("aux.weight", "U8", "[2]", "[34,36]"));
    assertThat(texts(findings))
        .containsExactly(
            "W301 no layer uses 4 tensors of net.safetensors:"
                + " layer4.0.a, aux, layer4.1.b, aux.weight");
    assertThat(findings.getFirst().severity()).isEqualTo(Diagnostic.Severity.WARNING);
    String[] many = new String[11];
    many[0] = GOOD_WEIGHT;
    many[1] = GOOD_BIAS;
    for (int i = 2; i < many.length; i++) {
      many[i] = tensor("layer" + i % 2 + "." + i, "F32", "[0]", "[32,32]");
    }
    assertThat(texts(check(32, many)))
        .containsExactly("W301 no layer uses 9 tensors of net.safetensors: layer0 (5), layer1 (4)");
  }
}
