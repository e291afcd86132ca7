package dev.cnnc.maven;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.plugin.MojoFailureException;

/**
 * The {@code java} that runs the compiler, of version 25 or later as far as its home tells.
 *
 * @param executable the program
 */
record JavaCommand(Path executable) {
  private static final int LEAST = 25;

  private static final String CURE =
      """
      cnnc needs a JDK 25 or later to build; what it generates runs on Java 21 or later. Maven's \
      own Java may be older: install a JDK 25 (https://adoptium.net) and let Maven choose it by \
      adding to \
      <build><plugins>
        <plugin>
          <groupId>org.apache.maven.plugins</groupId>
          <artifactId>maven-toolchains-plugin</artifactId>
          <version>3.3.0</version>
          <executions>
            <execution>
              <goals><goal>select-jdk-toolchain</goal></goals>
              <configuration><version>[25,)</version></configuration>
            </execution>
          </executions>
        </plugin>\
      """;

  /** The Java of the toolchain if there is one, otherwise Maven's own. */
  static JavaCommand choose(Optional<String> toolchainJava) throws MojoFailureException {
    Path java =
        toolchainJava
            .map(Path::of)
            .orElseGet(() -> inHome(Path.of(System.getProperty("java.home"))));
    int version = version(java).orElse(toolchainJava.isPresent() ? LEAST : 0);
    if (version < LEAST) {
      String origin = toolchainJava.isPresent() ? "The JDK toolchain is" : "Maven runs on";
      throw new MojoFailureException(
          origin + " Java " + version + " (" + java + "), which is too old. " + CURE);
    }
    return new JavaCommand(java);
  }

  private static Path inHome(Path home) {
    String name = File.separatorChar == '\\' ? "java.exe" : "java";
    return home.resolve("bin").resolve(name);
  }

  /** The feature number in the {@code release} file that every JDK carries. */
  private static Optional<Integer> version(Path java) {
    Path home = java.toAbsolutePath().resolve("../..").normalize();
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      return version.isEmpty()
          ? Optional.empty()
          : Optional.of(Runtime.Version.parse(version).feature());
    } catch (IOException | IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }
}
