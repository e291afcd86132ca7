package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the files lie that a network file names.
 *
 * <p>A network file may come from anybody. So it names files of its project alone: below the next
 * folder upwards that holds a repository or a build file, or else below its own folder. Links count
 * as what they lead to.
 *
 * @param folder of the network file, the base of relative paths
 * @param allowOutside whether it may name any other file too
 */
public record Project(Path folder, boolean allowOutside) {
  private static final List<String> MARKS =
      List.of(".git", "pom.xml", "build.gradle", "build.gradle.kts");

  /** The project of a network file. */
  public static Project of(Path file, boolean allowOutside) {
    return new Project(file.resolveSibling(""), allowOutside);
  }

  /** Whether a file may be read, if it is there at all. */
  public boolean allows(Path file) {
    return allowOutside || real(file).startsWith(root());
  }

  static void refuse(Problems problems, Span at, Frame frame, String file) {
    problems.add(
        Code.E223,
        at,
        frame,
        "this file lies outside of the project: \"" + file + '"',
        "move it into the project, or use --allow-outside (<allowOutside> of the Maven plugin)");
  }

  /** The folder below which files may be read. */
  private Path root() {
    Path own = real(folder);
    for (Path above = own; above != null; above = above.getParent()) {
      if (MARKS.stream().map(above::resolve).anyMatch(Files::exists)) {
        return above;
      }
    }
    return own;
  }

  /** Without links, as far as the file is there. */
  private static Path real(Path file) {
    Path path = file.toAbsolutePath().normalize();
    try {
      return path.toRealPath();
    } catch (IOException _) {
      Path parent = path.getParent();
      return parent == null ? path : real(parent).resolve(path.getFileName());
    }
  }
}
