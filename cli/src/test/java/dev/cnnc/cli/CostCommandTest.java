package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.predict.ThisCompiler;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CostCommandTest {
  @TempDir private Path folder;

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
            memory            303,464 bytes for one instance, 11,176 for each further thread
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

  private Path profile(String compiler) throws IOException {
    return SomeProfile.write(folder, compiler);
  }

  /**
   * 64,064 multiplications of fcs at 0.1 ns, 784 pixels at 1 ns, and five other steps at 250 ns.
   */
  @Test
  void aProfileGivesTheTimeOfEachStep() throws IOException {
    Path profile = profile(ThisCompiler.version());
    Cnnc cnnc = Cnnc.run("cost", Cnnc.LENET5, "--on", profile.toString());
    assertThat(cnnc.status()).isZero();
    assertThat(cnnc.out().lines())
        .anyMatch(line -> line.matches("layer .* alive +microseconds"))
        .anyMatch(line -> line.matches("fc1 .* 2,112 +5\\.1"))
        .anyMatch(line -> line.matches("conv1 .* 22,912 +\\? 0\\.3"))
        .anyMatch(line -> line.matches("total .* 8\\.4"))
        .contains(
            "predicted time    0.008 ms, of which 0.001 for input and output",
            "calibrated        2026-11-30, mean error of a step 5.0 %",
            "not calibrated    14.8 % of the time, in steps with ?");
    assertThat(cnnc.err())
        .contains("edge.profile.json belongs to another machine (the CPU: some CPU there, ");
    JsonNode json =
        new JsonMapper()
            .readTree(Cnnc.run("cost", Cnnc.LENET5, "--json", "--on", profile.toString()).out());
    assertThat(json.get("predictedMilliseconds").asDouble()).isCloseTo(0.0084404, within(1e-9));
    JsonNode last = json.get("steps").get(json.get("steps").size() - 1);
    assertThat(last.get("predictedMilliseconds").asDouble()).isCloseTo(0.0001344, within(1e-9));
    assertThat(last.get("calibrated").asBoolean()).isTrue();
  }

  /** Both convs are shared: half of 250 ns, a tenth more, and 300 ns. All else runs alone. */
  @Test
  void threadsShareTheStepsThatAreWorthIt() throws IOException {
    Path profile = profile(ThisCompiler.version());
    Cnnc cnnc = Cnnc.run("cost", Cnnc.LENET5, "--on", profile, "--threads", "2");
    assertThat(cnnc.out().lines())
        .anyMatch(line -> line.matches("fc1 .* 2,112 +7\\.7"))
        .anyMatch(line -> line.matches("conv1 .* 22,912 +\\? 0\\.4"))
        .anyMatch(line -> line.matches("total .* 12\\.8"))
        .anyMatch(line -> line.matches("predicted for .*, vectors of 8 floats, 2 threads"));
    assertThat(Cnnc.run("cost", Cnnc.LENET5, "--on", profile, "--threads", "4").err())
        .contains("edge.profile.json knows nothing of 4 threads; run cnnc calibrate --threads 4");
    assertThat(Cnnc.run("cost", Cnnc.LENET5, "--threads", "2").err())
        .contains("--threads is for the prediction: name a profile with --on");
  }

  @Test
  void aProfileOfOtherKernelsIsRefused() throws IOException {
    Path profile = profile("0.1");
    Cnnc cnnc = Cnnc.run("cost", Cnnc.LENET5, "--on", profile.toString());
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.out()).isEmpty();
    assertThat(cnnc.err())
        .contains(
            "cnnc: %s: it was made by cnnc 0.1, and this is cnnc %s, whose kernels may differ; run cnnc calibrate again on that machine"
                .formatted(profile, ThisCompiler.version()));
    assertThat(Cnnc.run("cost", Cnnc.LENET5, "--on", Cnnc.LENET5).err())
        .contains("lenet5.cnn is no profile of cnnc calibrate: ");
    assertThat(Cnnc.run("cost", Cnnc.LENET5, "--on", "none.json").err())
        .contains("cnnc: cannot read none.json: it does not exist");
  }

  @Test
  void aFaultyFileHasNoCost() {
    Cnnc cnnc = Cnnc.run("cost", "missing.cnn");
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.out()).isEmpty();
  }
}
