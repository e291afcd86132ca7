package dev.cnnc.maven;

import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;

/** The Java that the project is compiled for, as far as its properties tell. */
final class ProjectRelease {
  private static final int LEAST = 21;

  private ProjectRelease() {}

  /** Refuses a project for an older Java: javac would say so of every line that it cannot read. */
  static void check(Properties project) throws MojoFailureException {
    Optional<String> name =
        Stream.of("maven.compiler.release", "maven.compiler.target")
            .filter(project::containsKey)
            .findFirst();
    if (name.isEmpty()) {
      return;
    }
    String value = project.getProperty(name.get()).strip();
    if (feature(value) < LEAST) {
      throw new MojoFailureException(
          """
          the project is compiled for Java %s (%s), but the classes of networks need 21 or later: \
          <maven.compiler.release>21</maven.compiler.release>. They are built by a JDK 25 or \
          later, and run on Java 21 or later.\
          """
              .formatted(value, name.get()));
    }
  }

  /** 8 for 1.8; the compiler plugin judges what is no number. */
  private static int feature(String value) {
    try {
      return Integer.parseInt(value.startsWith("1.") ? value.substring(2) : value);
    } catch (NumberFormatException unknown) {
      return LEAST;
    }
  }
}
