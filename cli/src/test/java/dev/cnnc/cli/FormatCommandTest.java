package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatCommandTest {
  private static final String UGLY =
      "network  net // of mine\ninput x[1,4,4]\nx->fc( 2 ) // two classes\n";
  private static final String CANONICAL =
      "network net // of mine\ninput x [1, 4, 4]\nx -> fc(2) // two classes\n";

  @TempDir private Path folder;

  @Test
  void writesTheCanonicalFormAndKeepsComments() {
    Path file = Cnnc.file(folder, "net.cnn", UGLY);
    assertThat(Cnnc.run("fmt", file)).isEqualTo(new Cnnc(0, file + "\n", ""));
    assertThat(Cnnc.read(file)).isEqualTo(CANONICAL);
  }

  @Test
  void aFileOfBlocksAloneIsFormatted() {
    Path file = Cnnc.file(folder, "blocks.cnn", "use  \"b.cnn\"  block a( )=relu\n");
    assertThat(Cnnc.run("fmt", file)).isEqualTo(new Cnnc(0, file + "\n", ""));
    assertThat(Cnnc.read(file)).isEqualTo("use \"b.cnn\"\nblock a() = relu\n");
  }

  @Test
  void checkOnlyTells() {
    Path file = Cnnc.file(folder, "net.cnn", UGLY);
    assertThat(Cnnc.run("fmt", "--check", file))
        .isEqualTo(new Cnnc(1, file + " would change\n", ""));
    assertThat(Cnnc.read(file)).isEqualTo(UGLY);
    Path good = Cnnc.file(folder, "good.cnn", CANONICAL);
    assertThat(Cnnc.run("fmt", "--check", good)).isEqualTo(new Cnnc(0, "", ""));
  }

  @Test
  void aCanonicalFileIsNotWritten() throws IOException {
    Path file = Cnnc.file(folder, "net.cnn", CANONICAL);
    FileTime before = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, before);
    assertThat(Cnnc.run("fmt", file)).isEqualTo(new Cnnc(0, "", ""));
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
  }

  @Test
  void aFileWithSyntaxErrorsStaysAndTheOthersAreFormatted() {
    String broken = "network  net\ninput x [1, 4, 4\nx->fc(2)\n";
    Path bad = Cnnc.file(folder, "bad.cnn", broken);
    Path good = Cnnc.file(folder, "good.cnn", UGLY);
    Path missing = folder.resolve("missing.cnn");
    Cnnc cnnc = Cnnc.run("fmt", bad, missing, good);
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.out()).isEqualTo(good + "\n");
    assertThat(cnnc.err())
        .startsWith(bad + ":")
        .contains("cnnc: cannot read " + missing + ": it does not exist\n");
    assertThat(Cnnc.read(bad)).isEqualTo(broken);
    assertThat(Cnnc.read(good)).isEqualTo(CANONICAL);
  }
}
