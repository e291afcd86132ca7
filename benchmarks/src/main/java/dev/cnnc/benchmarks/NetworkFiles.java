package dev.cnnc.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the files that the user means.
 *
 * @param folder where networks lie that have only a name
 */
record NetworkFiles(Path folder) {

  /**
   * The files, in the order of the words; those of a folder by name.
   *
   * @param words files, folders of models, names of networks; none for all networks
   * @throws IllegalArgumentException if there is no such file
   */
  List<Path> of(List<String> words) throws IOException {
    if (words.isEmpty()) {
      try (Stream<Path> all = Files.list(folder)) {
        return all.filter(file -> file.toString().endsWith(".cnn")).sorted().toList();
      }
    }
    List<Path> files = new ArrayList<>();
    for (String word : words) {
      files.addAll(named(word));
    }
    return files;
  }

  private List<Path> named(String word) throws IOException {
    Path file = Path.of(word);
    if (Files.isDirectory(file)) {
      List<Path> models = models(file);
      if (models.isEmpty()) {
        throw new IllegalArgumentException("no .onnx file lies in " + file);
      }
      return models;
    }
    Path found =
        word.endsWith(".cnn") || word.endsWith(".onnx") ? file : folder.resolve(word + ".cnn");
    if (!Files.exists(found)) {
      throw new IllegalArgumentException("there is no network " + found);
    }
    return List.of(found);
  }

  private static List<Path> models(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }
}
