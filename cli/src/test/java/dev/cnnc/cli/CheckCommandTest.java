package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

  @TempDir private Path folder;

  @Test
  void aGoodFileIsCalledGood() {
    assertThat(Cnnc.run("check", Cnnc.LENET5))
        .isEqualTo(new Cnnc(0, Cnnc.LENET5 + " is good\n", ""));
  }

  @Test
  void severalGoodFilesAreCounted() {
    assertThat(Cnnc.run("check", Cnnc.LENET5, Cnnc.RESNET20).out())
        .isEqualTo("all 2 files are good\n");
  }

  @Test
  void everyErrorIsShownWithItsPlace() {
    Path file =
        Cnnc.file(
            folder,
            "bad.cnn",
            """
            network bad
            input x [3, 8, 8]
            weights synthetic
            x -> conv(4, 3x3) -> relux -> conv(2, 30x30)
            """);
    Cnnc cnnc = Cnnc.run("check", file);
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.out()).isEmpty();
    assertThat(cnnc.err())
        .isEqualTo(
            """
            %s:4:22: error[E201]: no layer, block or value is called relux
                4 | x -> conv(4, 3x3) -> relux -> conv(2, 30x30)
                  |                      ^^^^^
               help: did you mean relu?
            """
                .formatted(file));
  }

  @Test
  void aBrokenBudgetIsAnErrorAtItsLine() {
    Path file =
        Cnnc.file(
            folder,
            "net.cnn",
            """
            network net
            input x [3, 8, 8]
            weights synthetic
            budget { macs <= 3K }
            x -> stem: conv(4, 3x3) -> relu -> conv(2, 1x1)
            """);
    String expected =
        """
        %s:4:10: error[E322]: macs 4,176: 1,176 more than the budget of 3,000
            4 | budget { macs <= 3K }
              |          ^^^^^^^^^^
           help: most MACs: stem 3,888, 1 288
        """
            .formatted(file);
    assertThat(Cnnc.run("check", file)).isEqualTo(new Cnnc(1, "", expected));
    Cnnc compile = Cnnc.run("compile", file, "-o", folder.resolve("out"));
    assertThat(compile.status()).isEqualTo(1);
    assertThat(compile.err()).endsWith(expected);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void filesOutsideOfTheProjectAreReadOnRequest() throws IOException {
    Files.writeString(folder.resolve("labels.txt"), "a\nb\n");
    Path project = Files.createDirectory(folder.resolve("project"));
    Path file =
        Cnnc.file(
            project, "net.cnn", "network net\ninput x [2]\nlabels \"../labels.txt\"\nx -> relu\n");
    Cnnc cnnc = Cnnc.run("check", file);
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.err()).contains("error[E223]").contains("\"../labels.txt\"");
    assertThat(Cnnc.run("check", file, "--allow-outside").status()).isZero();
  }

  @Test
  void aFileOfBlocksAloneSaysWhatItOffers() {
    Path blocks =
        Cnnc.file(
            folder, "blocks.cnn", "block a(x, y: 2 * x) = conv(x, 3x3) -> b()\npart b() = relu\n");
    assertThat(Cnnc.run("check", blocks))
        .isEqualTo(
            new Cnnc(
                0,
                "%s is no network, but offers:\n  block a(x, y: 2 * x)\n  part b()\n%1$s is good\n"
                    .formatted(blocks),
                ""));
    Path user =
        Cnnc.file(
            folder, "net.cnn", "network net\nuse \"blocks.cnn\"\ninput x [1, 4, 4]\nx -> a(3)\n");
    assertThat(Cnnc.run("check", user)).isEqualTo(new Cnnc(0, user + " is good\n", ""));
  }

  @Test
  void otherCommandsNeedANetwork() {
    Path blocks = Cnnc.file(folder, "blocks.cnn", "part b() = relu\n");
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("compile", blocks, "-o", folder.resolve("out")),
            List.of("inspect", blocks),
            List.of("run", blocks, "--input", "synthetic"))) {
      assertThat(Cnnc.run(command.toArray()))
          .isEqualTo(
              new Cnnc(
                  1,
                  "",
                  """
                  %s:1:1: error[E228]: this file has blocks alone, and is no network
                      1 | part b() = relu
                        | ^^^^^^^^^^^^^^^
                     help: compile a network that uses it, or begin this one with network NAME
                  """
                      .formatted(blocks)));
    }
  }

  @Test
  void weightsAreCheckedWhereTheFileNamesSome() {
    Path file = network("weights \"nowhere.safetensors\"");
    Cnnc cnnc = Cnnc.run("check", file);
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.err()).contains("error[E301]").contains("nowhere.safetensors");
    assertThat(Cnnc.run("check", network("")).status()).isZero();
  }

  @Test
  void aFileThatIsMissingKeepsNoOtherFromBeingChecked() {
    Path missing = folder.resolve("missing.cnn");
    Path bad = Cnnc.file(folder, "bad.cnn", "network\n");
    Cnnc cnnc = Cnnc.run("check", missing, folder, bad, Cnnc.LENET5);
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.err())
        .contains("cnnc: cannot read " + missing + ": it does not exist\n")
        .contains("cnnc: cannot read " + folder + ": it is a folder\n")
        .contains(bad + ":")
        .endsWith("3 of 4 files have errors\n");
  }

  private Path network(String clause) {
    return Cnnc.file(
        folder, "net.cnn", "network net\ninput x [1, 4, 4]\n" + clause + "\nx -> fc(2)\n");
  }
}
