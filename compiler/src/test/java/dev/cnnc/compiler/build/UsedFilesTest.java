package dev.cnnc.compiler.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.build.BuildRequest.LedgerUse;
import dev.cnnc.compiler.build.BuildRequest.Limits;
import dev.cnnc.compiler.build.NetworkCompiler.Compilation;
import dev.cnnc.compiler.build.NetworkCompiler.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a build reads, compiles and says where files on disk use each other. */
class UsedFilesTest {
  @TempDir private Path folder;
  private Path networks;

  @BeforeEach
  void project() throws IOException {
    networks = Files.createDirectories(folder.resolve("project/networks"));
    Files.createDirectories(folder.resolve("project/blocks"));
    Files.createFile(folder.resolve("project/pom.xml"));
    write("project/blocks/a.cnn", "use \"b.cnn\"\npart a() = b()\n");
    write("project/blocks/b.cnn", "part b() = relu\n");
  }

  @Test
  void usedFilesAreInputsToo() throws IOException {
    Compilation compilation = compile("../blocks/a.cnn");
    assertThat(compilation.findings()).isEmpty();
    assertThat(compilation.files()).hasSize(4);
    assertThat(compilation.inputs())
        .containsExactly(
            folder.resolve("project/blocks/a.cnn"), folder.resolve("project/blocks/b.cnn"));
  }

  @Test
  void aFileOfBlocksAloneIsNotCompiled() throws IOException {
    Compilation compilation =
        new FacadeAdapter(false, true, new Limits("macs <= 0", folder), LedgerUse.CHECK)
            .compile(folder.resolve("project/blocks/a.cnn"), "p");
    assertThat(compilation.findings()).isEmpty();
    assertThat(compilation.files()).isEmpty();
    assertThat(compilation.inputs()).containsExactly(folder.resolve("project/blocks/b.cnn"));
  }

  @Test
  void anErrorLiesInTheUsedFile() throws IOException {
    Path b = write("project/blocks/b.cnn", "part b() =\n  relux\n");
    Finding finding = only(compile("../blocks/a.cnn"));
    assertThat(finding.file()).isEqualTo(b);
    assertThat(finding.line()).isEqualTo(2);
    assertThat(finding.column()).isEqualTo(3);
    assertThat(finding.text())
        .startsWith("error[E201]: no layer, block or value is called relux\n    2 |   relux\n")
        .contains("   in b() called at " + folder.resolve("project/blocks/a.cnn") + ":2:12")
        .contains("   in a() called at " + networks.resolve("net.cnn") + ":5:6");
  }

  @Test
  void aMissingFileIsAnInputWithAnError() throws IOException {
    Compilation compilation = compile("c.cnn");
    assertThat(only(compilation).text()).contains("E226", "\"c.cnn\" does not exist");
    assertThat(compilation.inputs()).containsExactly(networks.resolve("c.cnn"));
    Files.createDirectory(networks.resolve("c.cnn"));
    assertThat(only(compile("c.cnn")).text()).contains("E226", "\"c.cnn\" is no file");
  }

  @Test
  void aFileOutsideOfTheProjectIsNotRead() throws IOException {
    Path outside = write("outside.cnn", "part a() = relu\n");
    for (String name : new String[] {"../../outside.cnn", outside.toString()}) {
      Compilation compilation = compile(name);
      assertThat(only(compilation).text()).contains("E223", "lies outside of the project");
      assertThat(compilation.inputs()).isEmpty();
      assertThat(
              new FacadeAdapter(true, true, new Limits("", folder), LedgerUse.OFF)
                  .compile(networks.resolve("net.cnn"), "p")
                  .findings())
          .isEmpty();
    }
    write("project/blocks/a.cnn", "use \"../../outside.cnn\"\npart a() = relu\n");
    assertThat(only(compile("../blocks/a.cnn")).file())
        .isEqualTo(folder.resolve("project/blocks/a.cnn"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkIsTheFileItLeadsTo() throws IOException {
    Files.createSymbolicLink(networks.resolve("link"), folder.resolve("project/networks"));
    write("project/networks/c.cnn", "use \"link/c.cnn\"\npart a() = relu\n");
    assertThat(only(compile("c.cnn")).text()).contains("E227", "this file uses itself");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsNotRead() throws Exception {
    Path pipe = networks.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(only(compile("pipe")).text()).contains("E226", "\"pipe\" is no file");
  }

  private static Finding only(Compilation compilation) {
    assertThat(compilation.files()).isEmpty();
    assertThat(compilation.findings()).hasSize(1);
    return compilation.findings().getFirst();
  }

  private Compilation compile(String used) throws IOException {
    Path file =
        write(
            "project/networks/net.cnn",
            """
            network n
            weights synthetic
            use "%s"
            input x [3, 4, 4]
            x -> a()
            """
                .formatted(used));
    return new FacadeAdapter(false, true, new Limits("", folder), LedgerUse.OFF).compile(file, "p");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
