package dev.cnnc.compiler.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.build.BuildRequest.LedgerUse;
import dev.cnnc.compiler.build.BuildRequest.Limits;
import dev.cnnc.compiler.build.NetworkCompiler.Compilation;
import dev.cnnc.compiler.predict.HandmadeProfile;
import dev.cnnc.compiler.predict.ThisCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build writes, checks and limits what its networks cost. */
class LedgerTest {
  @TempDir private Path folder;

  @Test
  void aMissingLedgerIsAnError() throws IOException {
    Compilation compilation = compile(10, "", LedgerUse.CHECK);
    assertThat(compilation.files()).isEmpty();
    assertThat(compilation.inputs()).contains(folder.resolve("net.cost"));
    assertThat(text(compilation)).contains("E323", "there is no ledger", "-Dcnnc.ledger=write");
    assertThat(folder.resolve("net.cost")).doesNotExist();
  }

  @Test
  void aWrittenLedgerIsAccepted() throws IOException {
    assertThat(compile(10, "", LedgerUse.WRITE).findings()).isEmpty();
    assertThat(folder.resolve("net.cost"))
        .content()
        .startsWith(
            "# What n costs, by cnnc cost --write; in bytes\nparameters 82154\nmacs 303104\n")
        .contains("\nd Fc 81920 ");
    Compilation compilation = compile(10, "", LedgerUse.CHECK);
    assertThat(compilation.findings()).isEmpty();
    assertThat(compilation.files()).isNotEmpty();
  }

  @Test
  void aDifferenceIsShown() throws IOException {
    compile(10, "", LedgerUse.WRITE);
    Compilation compilation = compile(11, "", LedgerUse.CHECK);
    assertThat(compilation.files()).isEmpty();
    assertThat(text(compilation))
        .contains("- macs 303104", "+ macs 311296", "- d Fc 81920 ", "+ d Fc 90112 ")
        .doesNotContain(" steps ", " c ");
  }

  @Test
  void theBuildLimitsAllFiles() throws IOException {
    assertThat(compile(10, "macs <= 303104", LedgerUse.OFF).findings()).isEmpty();
    Compilation compilation = compile(10, "macs <= 0.3M", LedgerUse.OFF);
    assertThat(compilation.files()).isEmpty();
    assertThat(text(compilation))
        .contains("E322", "<budget> of the Maven plugin: macs 303,104: 3,104 more than")
        .contains("most MACs: c 221,184, d 81,920");
    assertThat(text(compile(10, "mac <= 1", LedgerUse.OFF))).contains("E225", "has no mac");
  }

  @Test
  void theBuildLimitsTheLatencyOfAllFiles() throws IOException {
    String limit = "latency <= 2 ms on \"edge.profile.json\"";
    assertThat(text(compile(10, limit, LedgerUse.OFF)))
        .contains("E324", "edge.profile.json: it does not exist", "cnnc calibrate -o edge.profile");
    HandmadeProfile.write(folder.resolve("edge.profile.json"), ThisCompiler.version());
    Compilation compilation = compile(10, limit, LedgerUse.OFF);
    assertThat(compilation.inputs()).contains(folder.resolve("edge.profile.json"));
    assertThat(text(compilation)).contains("E322", "latency 4.000 ms: 2.000 more than the budget");
    assertThat(compile(10, "latency <= 4ms on \"edge.profile.json\"", LedgerUse.OFF).findings())
        .isEmpty();
  }

  @Test
  void anAnswerNeedsItsLibrary() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("eye.cnn"),
            "network eye\ninput image [3, 4, 4]\nembed { l2 }\nimage -> gap\n");
    Compilation without =
        new FacadeAdapter(false, false, new Limits("", folder), LedgerUse.OFF).compile(file, "p");
    assertThat(without.files()).isEmpty();
    assertThat(without.findings().getFirst().line()).isEqualTo(3);
    assertThat(text(without))
        .contains(
            "E233", "needs the library cnnc-vision", "add the dependency dev.cnnc:cnnc-vision");
    Compilation with =
        new FacadeAdapter(false, true, new Limits("", folder), LedgerUse.OFF).compile(file, "p");
    assertThat(with.findings()).isEmpty();
    assertThat(with.files()).isNotEmpty();
  }

  private static String text(Compilation compilation) {
    assertThat(compilation.findings()).hasSize(1);
    return compilation.findings().getFirst().text();
  }

  private Compilation compile(int outputs, String budget, LedgerUse ledger) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("net.cnn"),
            """
            network n
            weights synthetic
            input image [3, 32, 32]
            image -> c: conv(8, 3x3, pad: 1) -> relu -> flatten -> d: fc(%d)
            """
                .formatted(outputs));
    return new FacadeAdapter(false, false, new Limits(budget, folder), ledger).compile(file, "p");
  }
}
