package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

                parameters          61,706
                MACs                416,520
                arena peak          62,720 bytes (lower bound 62,720)
                packed weights      268,544 bytes
                steps               8
                batch norms folded  0 of 0
                residuals fused     0
                activations fused   4
                convs joined        0
                layers removed      1
                """,
                ""));
  }

  @Test
  void countsAResNetAsThePapersDo() {
    Cnnc cnnc = Cnnc.run("inspect", Cnnc.RESNET20);
    assertThat(cnnc.status()).isZero();
    assertThat(cnnc.out())
        .contains("\nparameters          269,722\n")
        .contains("\nMACs                40,551,040 (40.6 M)\n")
        .contains("\nbatch norms folded  19 of 19\n")
        .contains("\nresiduals fused     9\n");
  }

  @Test
  void tellsProgramsTheSame() {
    JsonNode json = new JsonMapper().readTree(Cnnc.run("inspect", Cnnc.RESNET20, "--json").out());
    assertThat(json.get("network").asString()).isEqualTo("cifar_resnet20");
    assertThat(json.get("parameters").asLong()).isEqualTo(269_722);
    assertThat(json.get("macs").asLong()).isEqualTo(40_551_040);
    assertThat(json.get("batchNormsFolded").asInt()).isEqualTo(19);
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
