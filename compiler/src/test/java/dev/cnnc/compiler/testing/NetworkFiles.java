package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.ir.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code .cnn} files of the tests, from text to plan and Java. */
public final class NetworkFiles {

  private NetworkFiles() {}

  /** All there are. */
  public static List<Path> all() {
    try (Stream<Path> files =
        Files.list(Path.of(NetworkFiles.class.getResource("/dev/cnnc/compiler/lower").toURI()))) {
      return files.filter(file -> file.toString().endsWith(".cnn")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One of them. */
  public static Path named(String name) {
    return all().stream()
        .filter(file -> file.endsWith(name + ".cnn"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no file " + name + ".cnn"));
  }

  /** He et al., 2015: 1,202 layers, written to {@code folder}. */
  public static Path deepest(Path folder) throws IOException {
    String text =
        Files.readString(named("cifar_resnet20"))
            .replace("resnet20", "resnet1202")
            .replace("* 3", "* 200")
            .replace(", 3)", ", 200)");
    return Files.writeString(folder.resolve("cifar_resnet1202.cnn"), text);
  }

  /** Without a package, with synthetic weights whatever the file says. */
  public static Backend compile(Path file) throws IOException {
    Compilation compilation =
        Compiler.compile(file, "", Optional.of(new Network.Weights.Synthetic()));
    return compilation
        .result()
        .orElseThrow(() -> new IllegalArgumentException(compilation.diagnostics().toString()))
        .backend();
  }
}
