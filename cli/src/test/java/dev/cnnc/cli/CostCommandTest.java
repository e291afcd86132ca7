package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CostCommandTest {

  @Test
  void showsStepsThenTotals() {
    Cnnc cnnc = Cnnc.run("cost", Cnnc.LENET5);
    assertThat(cnnc.status()).isZero();
    // The class depends on javac.
    assertThat(cnnc.out().substring(0, cnnc.out().indexOf("class  ")))
        .isEqualTo(
            """
            network lenet5

            layer  kernel      output           MACs  multiplied  weights    read  written   alive
            --------------------------------------------------------------------------------------
            image  ClearHalo   [1, 28, 28]         -           -        -       -      960   4,096
            conv1  PlanarConv  [6, 28, 28]   117,600     117,600    1,664   4,096   18,816  22,912
            1      PlanarPool  [6, 14, 14]         -           -        -  18,816    4,704  23,520
            conv2  StripConv   [16, 10, 10]  240,000     240,000    9,664   4,704    6,400  11,104
            3      Pool        [16, 5, 5]          -           -        -   6,400    1,600   8,000
            fc1    Fc          [120]          48,000      51,200  205,312   1,600      512   2,112
            fc2    Fc          [84]           10,080      11,520   46,464     480      384     896
            fc3    Fc          [10]              840       1,344    5,440     336       64     448
            --------------------------------------------------------------------------------------
            total                            416,520     421,664  268,544  36,432   33,440       \s

            parameters        61,706
            MACs as written   416,520
            multiplications   421,664
            steps             8
            weights file      247,349 bytes
            packed weights    268,592 bytes
            activations       36,432 bytes read, 33,440 written
            arena             23,600 bytes (lower bound 23,520)
            scratch           7,680 bytes a thread
            memory            302,024 bytes for one instance, 9,736 for each further thread
            """);
    assertThat(cnnc.out()).containsPattern("\nlargest method +[\\d,]+ bytes of bytecode, Lenet5");
  }

  @Test
  void jsonHasTheSameNumbers() {
    JsonNode json = new JsonMapper().readTree(Cnnc.run("cost", Cnnc.LENET5, "--json").out());
    assertThat(json.get("macs").asLong()).isEqualTo(416_520);
    assertThat(json.get("arenaBytes").asLong()).isEqualTo(23_600);
    JsonNode last = json.get("steps").get(json.get("steps").size() - 1);
    assertThat(last.get("layer").asString()).isEqualTo("fc3");
    assertThat(last.get("macs").asLong()).isEqualTo(840);
    assertThat(last.get("multiplications").asLong()).isEqualTo(1_344);
    assertThat(last.get("weightBytes").asLong()).isEqualTo(5_440);
    assertThat(last.get("readBytes").asLong()).isEqualTo(336);
    assertThat(last.get("writtenBytes").asLong()).isEqualTo(64);
    assertThat(last.get("scratchBytes").asLong()).isZero();
    assertThat(json.get("multiplications").asLong()).isEqualTo(421_664);
    assertThat(json.get("classBytes").asLong()).isBetween(10_000L, 1_000_000L);
    assertThat(json.get("largestMethodBytes").asInt()).isBetween(100, 8_000);
  }

  @Test
  void aFaultyFileHasNoCost() {
    Cnnc cnnc = Cnnc.run("cost", "missing.cnn");
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.out()).isEmpty();
  }
}
