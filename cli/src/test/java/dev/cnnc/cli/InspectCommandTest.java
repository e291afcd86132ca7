package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InspectCommandTest {

  @Test
  void showsLayersWithTheirCosts() {
    assertThat(Cnnc.run("inspect", Cnnc.LENET5))
        .isEqualTo(
            new Cnnc(
                0,
                """
                network lenet5: handwritten digits

                layer  kind     output shape  parameters     MACs
                -------------------------------------------------
                image  input    [1, 28, 28]            -        -
                conv1  conv     [6, 28, 28]          156  117,600
                0      tanh     [6, 28, 28]            -        -
                1      avgpool  [6, 14, 14]            -        -
                conv2  conv     [16, 10, 10]       2,416  240,000
                2      tanh     [16, 10, 10]           -        -
                3      avgpool  [16, 5, 5]             -        -
                4      flatten  [400]                  -        -
                fc1    fc       [120]             48,120   48,000
                5      tanh     [120]                  -        -
                fc2    fc       [84]              10,164   10,080
                6      tanh     [84]                   -        -
                fc3    fc       [10]                 850      840
                -------------------------------------------------
                total                             61,706  416,520

                parameters       61,706
                MACs             416,520
                all values kept  35,512 bytes
                arena peak       23,600 bytes (lower bound 23,520)
                packed weights   268,544 bytes
                steps            8

                saved by          layers          parameters  MACs   bytes
                ----------------------------------------------------------
                RemoveNothings    1 of 1 flatten           -     -   1,600
                LearnedScale                               -     -       -
                FoldBatchNorm                              -     -       -
                FoldScaleForward                           -     -       -
                FuseResidual                               -     -       -
                FuseActivation    4 of 4 tanh              -     -  26,032
                FoldBottleneck                             -     -       -
                in place                                   -     -       -
                ----------------------------------------------------------
                total                                      -     -  27,632
                """,
                ""));
  }

  @Test
  void countsAResNetAsThePapersDo() {
    Cnnc cnnc = Cnnc.run("inspect", Cnnc.RESNET20);
    assertThat(cnnc.status()).isZero();
    assertThat(cnnc.out())
        .contains("\nparameters       269,722\n")
        .contains("\nMACs             40,551,040 (40.6 M)\n");
  }

  @Test
  void showsWhatEachPassSaved() {
    assertThat(savings(Cnnc.RESNET20))
        .containsExactly(
            "FoldBatchNorm | 19 of 19 bn | 688 | - | 753,664",
            "FuseResidual | 9 of 9 add | - | - | 344,064",
            "FuseActivation | 19 of 19 relu | - | - | 753,664",
            "total | 688 | - | 1,851,392");
  }

  /** The three 1x1 convs at the head of an inception module are one. */
  @Test
  void showsWhatIsJoinedAndWhatIsNoCopy() {
    assertThat(savings(Cnnc.EXAMPLES + "cnn/networks/googlenet_2014.cnn"))
        .containsExactly(
            "RemoveNothings | 1 of 1 dropout | - | - | 4,096",
            "FuseActivation | 57 of 57 relu | - | - | 12,904,640",
            "FoldBottleneck | 9 of 57 conv, +18 slice | - | - | -",
            "in place | 9 of 9 concat, 18 of 18 slice | - | - | 6,482,112",
            "total | - | - | 19,390,848");
  }

  /** A gate of a conv of one pixel is applied as it reads; a product of three is two steps. */
  @Test
  void showsTheGatesThatAreNotWritten(@TempDir Path folder) {
    Path file =
        Cnnc.file(
            folder,
            "gates.cnn",
            """
            network gates
            input x [32, 4, 4]
            weights synthetic
            x -> mul(identity, gap -> sigmoid) -> conv(32, 1x1)
              -> mul(identity, gap -> sigmoid, gap -> tanh) -> conv(16, 1x1)
            """);
    assertThat(savings(file)).contains("in place | 1 of 1 mul | - | - | 2,048");
  }

  /** Sixteen channels are whole vectors, and what follows them begins with one. Five are none. */
  @Test
  void whatIsCopiedIsNotInPlace(@TempDir Path folder) {
    Path file =
        Cnnc.file(
            folder,
            "net.cnn",
            """
            network net
            input x [8, 4, 4]
            weights synthetic
            x -> concat(conv(16, 1x1) -> relu, conv(5, 1x1) -> relu, conv(7, 3x3, pad: 1) -> relu)
            """);
    assertThat(savings(file))
        .containsExactly(
            "FuseActivation | 3 of 3 relu | - | - | 1,792",
            "in place | - | - | 1,024",
            "total | - | - | 2,816");
  }

  /** Two matrices with nothing in between are one. */
  @Test
  void aChainOfLinearConvsSavesWork(@TempDir Path folder) {
    Path file =
        Cnnc.file(
            folder,
            "chain.cnn",
            """
            network chain
            input x [8, 5, 5]
            weights synthetic
            x -> conv(64, 1x1) -> conv(16, 1x1)
            """);
    assertThat(savings(file))
        .containsExactly(
            "FoldBottleneck | 1 of 2 conv | 1,472 | 35,200 | 6,400",
            "total | 1,472 | 35,200 | 6,400");
  }

  /** The rows of those that saved anything. */
  private static List<String> savings(Object file) {
    String out = Cnnc.run("inspect", file).out();
    return out.substring(out.indexOf("saved by"))
        .lines()
        .skip(2)
        .map(line -> line.replaceAll(" {2,}", " | "))
        .filter(line -> !line.startsWith("-") && !line.matches("[^|]+( \\| -){3}"))
        .toList();
  }

  @Test
  void tellsProgramsTheSame() {
    JsonNode json = new JsonMapper().readTree(Cnnc.run("inspect", Cnnc.RESNET20, "--json").out());
    assertThat(json.get("network").asString()).isEqualTo("cifar_resnet20");
    assertThat(json.get("parameters").asLong()).isEqualTo(269_722);
    assertThat(json.get("macs").asLong()).isEqualTo(40_551_040);
    assertThat(json.get("savings"))
        .extracting(saving -> saving.get("stage").asString())
        .containsSubsequence("RemoveNothings", "FoldBatchNorm", "FoldBottleneck", "in place");
    assertThat(json.get("savings").get(2))
        .hasToString(
            """
            {"stage":"FoldBatchNorm","layers":[{"kind":"bn","before":19,"after":0}],\
            "parameters":688,"macs":0,"bytes":753664}\
            """);
    assertThat(json.get("keptBytes").asLong()).isEqualTo(839_976);
    assertThat(json.get("arenaBytes").asLong())
        .isBetween(
            json.get("arenaLowerBoundBytes").asLong(),
            json.get("arenaLowerBoundBytes").asLong() * 11 / 10);
    assertThat(json.get("weightBytes").asLong()).isGreaterThan(4 * 268_000);
    JsonNode layer = json.get("layers").get(4);
    assertThat(layer.get("name").asString()).isEqualTo("layer1.0.conv1");
    assertThat(layer.get("kind").asString()).isEqualTo("conv");
    assertThat(layer.get("shape")).hasToString("[16,32,32]");
    assertThat(layer.get("parameters").asLong()).isEqualTo(2304);
    assertThat(layer.get("macs").asLong()).isEqualTo(2_359_296);
  }

  @Test
  void listsTheTensorsThatAFileMustHold() {
    assertThat(Cnnc.run("inspect", Cnnc.LENET5, "--tensors"))
        .isEqualTo(
            new Cnnc(
                0,
                """
                conv1.weight [6, 1, 5, 5]
                conv1.bias [6]
                conv2.weight [16, 6, 5, 5]
                conv2.bias [16]
                fc1.weight [120, 400]
                fc1.bias [120]
                fc2.weight [84, 120]
                fc2.bias [84]
                fc3.weight [10, 84]
                fc3.bias [10]
                """,
                ""));
    JsonNode json =
        new JsonMapper().readTree(Cnnc.run("inspect", Cnnc.LENET5, "--tensors", "--json").out());
    assertThat(json.get("network").asString()).isEqualTo("lenet5");
    assertThat(json.get("tensors")).hasSize(10);
    assertThat(json.get("tensors").get(2))
        .hasToString("{\"name\":\"conv2.weight\",\"shape\":[16,6,5,5]}");
  }

  @Test
  void namesLayersAsTheLanguageDoes(@TempDir Path folder) {
    Path file =
        Cnnc.file(
            folder,
            "net.cnn",
            """
            network net
            input x [3, 4, 4]
            x -> zeropad(1) -> leaky_relu(0.1) -> attention(1) -> gap
            """);
    assertThat(Cnnc.run("inspect", file).out()).contains(" zeropad ", " leaky_relu ", " attend ");
  }

  @Test
  void needsNoWeights(@TempDir Path folder) {
    Path file =
        Cnnc.file(
            folder,
            "net.cnn",
            """
            network net
            input x [1, 4, 4]
            weights "nowhere.safetensors"
            x -> fc(2)
            """);
    assertThat(Cnnc.run("inspect", file).status()).isZero();
  }

  @Test
  void aBadFileHasNoTable(@TempDir Path folder) {
    Cnnc cnnc = Cnnc.run("inspect", Cnnc.file(folder, "net.cnn", "network net\n"), "--json");
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.out()).isEmpty();
    assertThat(cnnc.err()).contains("error[E");
  }
}
