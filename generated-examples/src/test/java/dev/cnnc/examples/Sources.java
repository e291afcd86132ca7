package dev.cnnc.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The {@code .cnn} files that the plugin compiled. */
final class Sources {

  static final Path ROOT = Path.of("src/main/cnn");
  static final Path NETWORKS = ROOT.resolve("networks");
  static final Path IDEAS = ROOT.resolve("ideas");

  private static final String SUFFIX = ".cnn";

  private Sources() {}

  static Path network(String name) {
    return NETWORKS.resolve(name + SUFFIX);
  }

  static Path idea(String name) {
    return IDEAS.resolve(name + SUFFIX);
  }

  /** Names of the networks of a folder. */
  static List<String> names(Path folder) {
    return files(folder).map(f -> f.getFileName().toString().replace(SUFFIX, "")).toList();
  }

  /** Every network of a folder and of those in it. */
  static Stream<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
