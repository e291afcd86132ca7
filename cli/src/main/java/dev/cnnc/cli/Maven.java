package dev.cnnc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Maven of this machine, which fetches single files.
 *
 * @param plugin version of its dependency plugin
 */
record Maven(String command, String plugin) {

  /** How it ended, and what it said. */
  record Answer(int status, List<String> said) {
    Answer {
      said = List.copyOf(said);
    }
  }

  /**
   * Runs a goal of the dependency plugin.
   *
   * @param folder to run in, and for what it says
   * @throws IOException if there is no such command; the message says so
   */
  Answer run(String goal, Path folder, String... options) throws IOException {
    Path said = folder.resolve("maven");
    List<String> words = new ArrayList<>();
    words.add(command);
    words.add("-B");
    words.add("-q");
    words.add("org.apache.maven.plugins:maven-dependency-plugin:%s:%s".formatted(plugin, goal));
    words.addAll(List.of(options));
    Process process;
    try {
      process =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException _) {
      throw new IOException("there is no command " + command + " to fetch it with");
    }
    int status = Waiting.forEnd(process);
    return new Answer(status, Files.readAllLines(said));
  }
}
