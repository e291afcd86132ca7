package dev.cnnc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The results of the last build for every file, with its compiler and output folders. An unreadable
 * state counts as none, so the worst effect is compiling again.
 *
 * @param setting fingerprint of the compiler and the folders
 * @param files by the name of the {@code .cnn} file
 */
record BuildState(String setting, Map<String, CompiledFile> files) {

  BuildState {
    files = Map.copyOf(files);
  }

  /** Reads the state; an empty one if there is no file. */
  static BuildState read(Path stateFile) throws IOException {
    if (!Files.isRegularFile(stateFile)) {
      return new BuildState("none", Map.of());
    }
    String setting = "none";
    Map<String, CompiledFile> files = new HashMap<>();
    Map<String, Map<String, String>> inputs = new HashMap<>();
    Map<String, Map<Path, String>> outputs = new HashMap<>();
    try {
      for (String line : Files.readAllLines(stateFile)) {
        List<String> fields = ProtocolLine.split(line);
        String key = fields.get(1);
        switch (fields.get(0)) {
          case "setting" -> setting = key;
          case "input" ->
              inputs
                  .computeIfAbsent(key, unused -> new HashMap<>())
                  .put(fields.get(2), fields.get(3));
          case "output" ->
              outputs
                  .computeIfAbsent(key, unused -> new HashMap<>())
                  .put(Path.of(fields.get(2)), fields.get(3));
          case "file" ->
              files.put(
                  key,
                  new CompiledFile(
                      fields.get(2),
                      fields.get(3),
                      inputs.getOrDefault(key, Map.of()),
                      outputs.getOrDefault(key, Map.of())));
          default -> throw new IllegalArgumentException(line);
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
      return new BuildState("damaged", files);
    }
    return new BuildState(setting, files);
  }

  /** Writes the state, the same text for the same state. */
  void write(Path stateFile) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(ProtocolLine.join("setting", setting));
    new TreeMap<>(files)
        .forEach(
            (name, file) -> {
              new TreeMap<>(file.inputs())
                  .forEach(
                      (path, print) -> lines.add(ProtocolLine.join("input", name, path, print)));
              new TreeMap<>(file.outputs())
                  .forEach(
                      (path, print) -> lines.add(ProtocolLine.join("output", name, path, print)));
              lines.add(ProtocolLine.join("file", name, file.packageName(), file.content()));
            });
    Files.createDirectories(stateFile.getParent());
    Files.write(stateFile, lines);
  }

  /** All generated files. */
  Set<Path> outputs() {
    return files.values().stream()
        .flatMap(file -> file.outputs().keySet().stream())
        .collect(Collectors.toSet());
  }
}
