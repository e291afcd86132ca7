package dev.cnnc.compiler.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnnc.compiler.load.JavaInMemory;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK beside the one that runs the tests: networks run on Java 21 and later. The environment
 * variable {@value #VARIABLE} names their folders, separated as in a class path.
 */
public record OtherJava(int version, Path home) {
  private static final String VARIABLE = "CNNC_JDKS";

  /** What runs in another JVM, and was compiled for that of the compiler. */
  private static final List<Class<?>> MAINS =
      List.of(BitsMain.class, AllocationMain.class, JUnitMain.class, Results.class);

  /**
   * Each JDK that is named, or one that is not there, so that a test of them all is seen to be
   * skipped.
   */
  public static Stream<Optional<OtherJava>> all() {
    List<Optional<OtherJava>> found =
        Stream.of(System.getenv().getOrDefault(VARIABLE, "").split(File.pathSeparator, -1))
            .filter(home -> !home.isBlank())
            .map(home -> of(Path.of(home)))
            .sorted(Comparator.comparingInt(OtherJava::version))
            .map(Optional::of)
            .toList();
    return found.isEmpty() ? Stream.of(Optional.empty()) : found.stream();
  }

  /** The JDK, or the end of a test that finds none. */
  public static OtherJava orSkipped(Optional<OtherJava> java) {
    assumeTrue(
        java.isPresent(),
        "skipped: " + VARIABLE + " names no other JDK (CONTRIBUTING.md, .ci/jdk)");
    return java.orElseThrow();
  }

  private static OtherJava of(Path home) {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(VARIABLE + " names a folder that is no JDK: " + home, e);
    }
    String version = release.getProperty("JAVA_VERSION").replace("\"", "");
    return new OtherJava(Runtime.Version.parse(version).feature(), home);
  }

  /**
   * Runs the main method of a class, as {@link Fork} does in this Java.
   *
   * @param folder first on the class path; what runs is compiled into it for Java 21
   */
  public Fork run(List<String> options, Path folder, Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    writeMains(folder);
    return Fork.run(home, options, folder, main, arguments);
  }

  private static synchronized void writeMains(Path folder) throws IOException {
    if (Files.exists(file(folder, Results.class.getName()))) {
      return;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Class<?> type : MAINS) {
      String source = type.getName().replace('.', '/') + ".java";
      texts.put(type.getName(), Files.readString(Path.of("src", "test", "java").resolve(source)));
    }
    for (Map.Entry<String, byte[]> each : JavaInMemory.compile(texts).entrySet()) {
      Path file = file(folder, each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
  }

  private static Path file(Path folder, String className) {
    return folder.resolve(className.replace('.', '/') + ".class");
  }

  /** As a report names a row of a test. */
  @Override
  public String toString() {
    return "Java " + version;
  }
}
