package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
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
  void runTakesTheSizeForItsInput() throws IOException {
    for (int width : List.of(8, 16)) {
      Path array = folder.resolve(width + ".npy");
      NpyFile.write(array, new Shape(1, 4, width), new float[4 * width]);
      for (String engine : List.of("--threads=1", "--reference")) {
        Cnnc run = Cnnc.run("run", file, "--input", array, engine);
        isGood(run);
        assertThat(run.out()).contains(width + ".npy at 4x" + width, "[4, 1, %s]".formatted(width));
      }
    }
    Path picture = picture("wide.png", 16);
    Cnnc run = Cnnc.run("run", file, "--input", picture);
    isGood(run);
    assertThat(run.out()).contains("wide.png at 4x16", "[4, 1, 16]");
    assertThat(Cnnc.run("run", file, "--input", picture, "--size", "4x8").err())
        .contains("does not fit");
    assertThat(Cnnc.run("run", file, "--input", "synthetic").out())
        .contains("lines on synthetic at 4x8");
    Path other = folder.resolve("other.npy");
    NpyFile.write(other, new Shape(1, 4, 9), new float[36]);
    assertThat(Cnnc.run("run", file, "--input", other).err())
        .contains("other.npy: its shape is none of the sizes of lines: 4x8, 4x16");
    assertThat(Cnnc.run("run", file, "--input", "synthetic", "--size", "8x8").err())
        .contains("lines has no size 8x8: it has 4x8, 4x16");
  }

  private Path picture(String name, int width) throws IOException {
    Path picture = folder.resolve(name);
    Files.createDirectories(picture.getParent());
    ImageIO.write(
        new BufferedImage(width, 4, BufferedImage.TYPE_BYTE_GRAY), "png", picture.toFile());
    return picture;
  }

  @Test
  void aFolderOfPicturesTakesTheSizeForEach() throws IOException {
    picture("pictures/a.png", 16);
    picture("pictures/b.png", 8);
    picture("pictures/c.png", 9);
    Cnnc run = Cnnc.run("run", file, "--json-lines", "--input", folder.resolve("pictures"));
    assertThat(run.status()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0)).contains("a.png", "[4,1,16]");
    assertThat(lines.get(1)).contains("b.png", "[4,1,8]");
    assertThat(lines.get(2)).contains("c.png", "does not fit");
  }

  @Test
  void verifyComparesEach() throws IOException {
    Cnnc verify = Cnnc.run("verify", file, "--no-onnxruntime");
    isGood(verify);
    assertThat(verify.out())
        .contains("input [1, 4, 8]\nlines on synthetic at 4x8", "synthetic at 4x16");
    assertThat(verify.out().split("reference agree", -1)).hasSize(3);
    Path array = folder.resolve("wide.npy");
    NpyFile.write(array, new Shape(1, 4, 16), new float[64]);
    assertThat(Cnnc.run("verify", file, "--no-onnxruntime", "--input", array).out())
        .startsWith("lines on " + array + " at 4x16");
    assertThat(Cnnc.run("verify", file, "--no-onnxruntime", "--seed", 1, "--json").out())
        .startsWith("[{")
        .contains("--seed 1 at 4x8", "--seed 1 at 4x16");
  }

  @Test
  void exportWritesAFileForEach() {
    Cnnc export = Cnnc.run("export", file);
    isGood(export);
    assertThat(folder.resolve("lines-4x8.onnx")).isNotEmptyFile();
    assertThat(folder.resolve("lines-4x16.onnx")).isNotEmptyFile();
    assertThat(folder.resolve("lines.onnx")).doesNotExist();
    isGood(Cnnc.run("export", file, "--size", "4x8"));
    assertThat(folder.resolve("lines.onnx")).isNotEmptyFile();
  }

  @Test
  void benchMeasuresEach() {
    for (String what : List.of("--profile", "--soak=0", "--forks-scaling")) {
      Cnnc bench = Cnnc.run("bench", file, "--seconds", 0, what);
      isGood(bench);
      assertThat(bench.out()).contains("input [1, 4, 8]\n", "input [1, 4, 16]\n");
    }
    assertThat(Cnnc.run("bench", file, "--seconds", 0, "--size", "4x16").out())
        .startsWith("network");
  }

  @Test
  void explainTheLedgerAndTheReportTellOfEach() throws IOException {
    assertThat(Cnnc.run("compile", file, "-o", folder.resolve("out"), "--explain").out())
        .contains("input [1, 4, 8]\n", "\n\ninput [1, 4, 16]\n");
    isGood(Cnnc.run("cost", "--write", file));
    assertThat(folder.resolve("lines.cost")).content().contains("# input 1 4 8", "# input 1 4 16");
    assertThat(Cnnc.run("report", file, "--json").out())
        .startsWith("[{")
        .contains("\"input\":[1,4,8]", "\"input\":[1,4,16]");
    assertThat(Cnnc.run("report", folder, "--json").out()).contains("lines 4x8", "lines 4x16");
    for (String size : List.of("4x8", "4x16")) {
      Cnnc one = Cnnc.run("report", file, "--json", "--size", size);
      isGood(one);
      Files.writeString(folder.resolve(size + ".json"), one.out());
    }
    isGood(
        Cnnc.run(
            "report",
            "--compare",
            folder.resolve("4x8.json"),
            folder.resolve("4x16.json"),
            "-o",
            folder.resolve("both.html")));
  }

  /** An fc is a product with one vector here, and there a conv, which reads another order. */
  @Test
  void whatIsPackedAgainIsTold() throws IOException {
    Files.writeString(
        file,
        """
        network lines
        input line [3, 16, 16] or [3, 32, 32]
        weights synthetic
        line -> conv(20, 3x3, pad: 1) -> maxpool(16x16) -> fc: fc(10)
        """);
    String told = "1,280 bytes in another order than for the sizes above: fc 1,280";
    for (String command : List.of("inspect", "cost")) {
      assertThat(Cnnc.run(command, file).out()).containsOnlyOnce(told);
      assertThat(Cnnc.run(command, file, "--json").out())
          .containsOnlyOnce("\"packedAgain\":[{\"layer\":\"fc\",\"bytes\":1280}]");
    }
    assertThat(Cnnc.run("compile", file, "-o", folder.resolve("out")).err())
        .contains("cnnc: 32x32: packed again: " + told);
    Cnnc.run("cost", "--write", file);
    assertThat(folder.resolve("lines.cost")).content().contains("packed-again fc 1280\n");
  }
}
