package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CompileCommandTest {

  @TempDir private Path folder;

  /** E301 is of the weights, E321 of the plan. */
  @Test
  void missingWeightsHideNoOtherError() {
    Path file =
        Cnnc.file(
            folder,
            "net.cnn",
            """
            network net
            input x [1, 30000, 40000]
            weights "nowhere.safetensors"
            x -> conv(1, 3x3) -> relu -> conv(1, 3x3)
            """);
    Cnnc cnnc = Cnnc.run("compile", file, "-o", folder.resolve("java"));
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.err()).contains("error[E301]", "error[E321]");
  }

  @Test
  void writesTheClassAndItsWeightsIntoTheFolderOfThePackage() {
    Path root = folder.resolve("deep/er");
    Cnnc cnnc = Cnnc.run("compile", Cnnc.LENET5, "-o", root, "--package", "com.example.digits");
    Path java = root.resolve("com/example/digits/Lenet5.java");
    Path kernels = root.resolve("com/example/digits/Lenet5Kernels.java");
    Path weights = root.resolve("com/example/digits/Lenet5.weights");
    assertThat(cnnc).isEqualTo(new Cnnc(0, "%s\n%s\n%s\n".formatted(java, kernels, weights), ""));
    assertThat(Cnnc.read(java))
        .contains("package com.example.digits;")
        .contains("public final class Lenet5 ");
    assertThat(Cnnc.read(kernels))
        .contains("package com.example.digits;")
        .contains("\ninterface Lenet5Kernels ");
    assertThat(weights).isNotEmptyFile();
    assertThat(java.getParent()).isDirectoryNotContaining("glob:**.unfinished");
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    for (String name : new String[] {"first", "second"}) {
      Cnnc.run("compile", Cnnc.LENET5, "-o", folder.resolve(name));
    }
    for (String file : new String[] {"Lenet5.java", "Lenet5Kernels.java", "Lenet5.weights"}) {
      assertThat(Files.mismatch(folder.resolve("first/" + file), folder.resolve("second/" + file)))
          .isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RemoveNothings", "foldbatchnorm", "FuseActivation"})
  void aDumpIsANetworkThatGivesTheSameNumbers(String pass) {
    Cnnc compiled =
        Cnnc.run(
            "compile", Cnnc.RESNET20, "--weights", "synthetic", "-o", folder, "--dump-after", pass);
    assertThat(compiled.status()).isZero();
    assertThat(compiled.out()).contains("Cifar_Resnet20.cnn").contains(".safetensors");
    Path dump = folder.resolve("Cifar_Resnet20.cnn");
    assertThat(Cnnc.read(dump).contains("bn1")).isEqualTo(pass.equals("RemoveNothings"));
    assertThat(outputs(Cnnc.run("run", dump, "--input", "synthetic", "--json")))
        .isEqualTo(
            outputs(
                Cnnc.run(
                    "run",
                    Cnnc.RESNET20,
                    "--weights",
                    "synthetic",
                    "--input",
                    "synthetic",
                    "--json")));
  }

  private static String outputs(Cnnc cnnc) {
    return new JsonMapper().readTree(cnnc.out()).get("outputs").toString();
  }

  @Test
  void neverReplacesWhatItRead() throws IOException {
    Path file =
        Cnnc.file(
            folder,
            "A.cnn",
            "network a\ninput x [1, 2, 2]\nweights synthetic\nx -> flatten -> fc: fc(2)\n");
    String before = Cnnc.read(file);
    Cnnc cnnc = Cnnc.run("compile", file, "-o", folder, "--dump-after", "FoldBatchNorm");
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.err())
        .isEqualTo(
            "cnnc: %s would replace an input file of the network: choose another folder\n"
                .formatted(file));
    assertThat(Cnnc.read(file)).isEqualTo(before);
  }

  @Test
  void explainTellsWhatWasDeclined() {
    Path file =
        Cnnc.file(
            folder,
            "net.cnn",
            """
            network net
            input x [1, 4, 4]
            weights synthetic
            a = x -> conv1: conv(2, 3x3)
            output one = a -> bn1: bn
            output two = a -> relu
            """);
    Cnnc cnnc = Cnnc.run("compile", file, "-o", folder, "--explain");
    assertThat(cnnc.status()).isZero();
    assertThat(cnnc.out())
        .contains("FoldBatchNorm: a batch norm folded into weights costs nothing\n  declined bn1 (")
        .contains("net.cnn:5:");
  }

  @Test
  void explainTellsWhichKernelsWereOffered() {
    Path file =
        Cnnc.file(
            folder,
            "net.cnn",
            """
            network net
            input x [16, 32, 32]
            weights synthetic
            x -> conv1: conv(32, 3x3, pad: 1) -> relu -> pool1: maxpool(2x2) -> flatten -> fc1: fc(10)
            """);
    Cnnc cnnc = Cnnc.run("compile", file, "-o", folder, "--explain");
    assertThat(cnnc.status()).isZero();
    assertThat(cnnc.out())
        .containsPattern(
            """
              conv1 \\(.*net.cnn:4:\\d+\\): winograd4x4Of3x3
                taken   winograd4x4Of3x3: \\d\\.\\d\\d
                offered conv: \\d\\.\\d\\d
              pool1 \\(.*\\): maxPool
              fc1 \\(.*\\): fc
            """);
  }

  @Test
  void wrongNamesAreWrongUsage() {
    Cnnc passes = Cnnc.run("compile", Cnnc.LENET5, "-o", folder, "--dump-after", "Winograd");
    assertThat(passes.status()).isEqualTo(2);
    assertThat(passes.err())
        .startsWith(
            "cnnc compile: --dump-after: there is no pass Winograd; in their order: "
                + "RemoveNothings, ");
    Cnnc names = Cnnc.run("compile", Cnnc.LENET5, "-o", folder, "--package", "com.new");
    assertThat(names.status()).isEqualTo(2);
    assertThat(names.err())
        .startsWith("cnnc compile: --package: com.new is no name of a Java package\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theHelpNamesThePassesThereAre() {
    String help = Cnnc.run("compile", "--help").out();
    assertThat(dev.cnnc.compiler.pass.Passes.all())
        .allSatisfy(pass -> assertThat(help).contains(pass.name()));
  }

  @Test
  void aFolderThatIsAFileIsSaidToBeSo() {
    Path file = Cnnc.file(folder, "out", "");
    Cnnc cnnc = Cnnc.run("compile", Cnnc.LENET5, "-o", file);
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.err()).startsWith("cnnc: cannot write ").contains("out");
  }
}
