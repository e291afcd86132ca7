package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.ContainerMain;
import dev.cnnc.compiler.testing.NetworkFiles;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A container with one processor, 64 MB of heap, a file system that nothing can be written to, no
 * home, and no environment: from a PNG file to the class of mobilenet_v2, which has 14 MB of
 * weights.
 */
class ContainerTest {
  @TempDir private Path folder;

  @Test
  void aPictureIsClassifiedThere() throws Exception {
    Path application = Files.createDirectory(folder.resolve("application"));
    CompiledGraph compiled =
        new CompiledGraph(NetworkFiles.compile(NetworkFiles.named("mobilenet_v2")));
    compiled.write(application, new Synthetic());
    Path picture = picture(application.resolve("picture.png"));
    String expected;
    try (CompiledNetwork network = compiled.load(new Synthetic(), Threads.caller())) {
      expected = ContainerMain.best(network, picture);
    }
    protect(application);
    List<String> before = state(application);

    Path nowhere = folder.resolve("nowhere");
    ProcessBuilder container =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:ActiveProcessorCount=1",
            "-Xmx64m",
            "-Djava.io.tmpdir=" + nowhere,
            "-Duser.home=" + nowhere,
            "-XX:-UsePerfData",
            "--add-modules=jdk.incubator.vector",
            "--class-path",
            application + File.pathSeparator + System.getProperty("java.class.path"),
            ContainerMain.class.getName(),
            compiled.className(),
            "picture.png");
    container.environment().clear();
    Path errors = folder.resolve("errors");
    Process process =
        container
            .directory(application.toFile())
            .redirectOutput(folder.resolve("output").toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    assertThat(folder.resolve("output")).hasContent(expected + "\n" + expected + "\n");
    assertThat(state(application)).isEqualTo(before);
    assertThat(nowhere).doesNotExist();
  }

  private static Path picture(Path file) throws IOException {
    BufferedImage image = new BufferedImage(224, 224, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, 0x10203 * (x * y % 80));
      }
    }
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  /** Whoever is not root cannot write to these. */
  private static void protect(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.forEach(file -> file.toFile().setWritable(false));
    }
  }

  /** Root could: so nothing must be new or changed. */
  private static List<String> state(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> file + " " + file.toFile().lastModified() + " " + file.toFile().length())
          .sorted()
          .toList();
    }
  }
}
