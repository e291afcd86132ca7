package dev.cnnc.compiler;

import dev.cnnc.compiler.lower.Project;
import dev.cnnc.compiler.lower.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file on disk, which may use the files of its project.
 *
 * @param file as diagnostics name it
 * @param project of the network, wherever the used file lies
 */
record ProjectSources(Path file, Project project) implements Sources {

  @Override
  public Path identity() {
    try {
      return file.toRealPath();
    } catch (IOException _) {
      return file.toAbsolutePath().normalize();
    }
  }

  @Override
  public Found find(String name) {
    Path used;
    try {
      used = file.resolveSibling(name).normalize();
    } catch (InvalidPathException _) {
      return new Found.NoPath();
    }
    if (name.isBlank()) {
      return new Found.NoPath();
    }
    if (!project.allows(used)) {
      return new Found.Outside();
    }
    if (!Files.isRegularFile(used)) {
      return new Found.Unreadable(used, Files.exists(used) ? "is no file" : "does not exist");
    }
    try {
      return new Found.Text(SourceFile.read(used), new ProjectSources(used, project));
    } catch (IOException problem) {
      return new Found.Unreadable(used, "cannot be read: " + problem.getMessage());
    }
  }
}
