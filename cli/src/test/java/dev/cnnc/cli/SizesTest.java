package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands show each size of a network, or the one that is asked for. */
class SizesTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file =
        Files.writeString(
            folder.resolve("lines.cnn"),
            """
            network lines
            input line [1, 4, 8] or [1, 4, 16]
            weights synthetic
            line -> conv(4, 3x3, pad: 1) -> relu -> maxpool(4x1)
            """);
  }

  private static void isGood(Cnnc cnnc) {
    assertThat(cnnc.err()).isEmpty();
    assertThat(cnnc.status()).isZero();
  }

  @Test
  void inspectAndCostShowEach() {
    for (String command : List.of("inspect", "cost")) {
      Cnnc all = Cnnc.run(command, file);
      isGood(all);
      assertThat(all.out()).contains("input [1, 4, 8]\n", "input [1, 4, 16]\n");
      Cnnc one = Cnnc.run(command, file, "--size", "4x16");
      isGood(one);
      assertThat(all.out()).endsWith(one.out());
      assertThat(Cnnc.run(command, file, "--json").out()).startsWith("[{").endsWith("}]\n");
    }
  }

  @Test
  void compileWritesOneClass() {
    Cnnc cnnc = Cnnc.run("compile", file, "-o", folder.resolve("out"));
    isGood(cnnc);
    assertThat(folder.resolve("out"))
        .isDirectoryContaining("glob:**Lines.java")
        .isDirectoryContaining("glob:**LinesKernels.java")
        .isDirectoryContaining("glob:**Lines.weights");
    assertThat(folder.resolve("out/Lines.java"))
        .content()
        .contains("class Lines extends NetworkSizes", "class At8 ", "class At16 ");
  }

  @Test
  void runAndExportTakeOne() {
    Cnnc run = Cnnc.run("run", file, "--input", "synthetic", "--size", "4x16");
    isGood(run);
    assertThat(run.out()).contains("[4, 1, 16]");
    isGood(Cnnc.run("export", file, "--size", "4x8"));
    assertThat(folder.resolve("lines.onnx")).isNotEmptyFile();
    assertThat(Cnnc.run("export", file).err()).contains("choose one");
    assertThat(Cnnc.run("run", file, "--input", "synthetic").err())
        .contains("lines has the sizes 4x8, 4x16: choose one, --size 4x8");
    assertThat(Cnnc.run("run", file, "--input", "synthetic", "--size", "8x8").err())
        .contains("lines has no size 8x8: it has 4x8, 4x16");
  }
}
