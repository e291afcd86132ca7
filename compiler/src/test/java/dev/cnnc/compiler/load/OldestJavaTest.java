package dev.cnnc.compiler.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnnc.compiler.testing.Fork;
import dev.cnnc.compiler.testing.JUnitMain;
import dev.cnnc.compiler.testing.KernelFamilies;
import dev.cnnc.compiler.testing.OtherJava;
import dev.cnnc.runtime.Simd;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks and the runtime run on Java 21 and later. */
class OldestJavaTest {
  /** Of the class files of Java 21. */
  private static final int VERSION = 65;

  @TempDir private Path folder;

  @Test
  void emittedClassesAreOfItsVersion() {
    assertThat(KernelFamilies.classes().values())
        .hasSizeGreaterThan(4)
        .allSatisfy(bytes -> assertThat(version(bytes)).isEqualTo(VERSION));
  }

  @ParameterizedTest
  @MethodSource("dev.cnnc.compiler.testing.OtherJava#all")
  void theRuntimePassesItsTestsThere(Optional<OtherJava> found) throws Exception {
    OtherJava java = OtherJava.orSkipped(found);
    Path tests = runtimeTests();
    assumeTrue(Files.isDirectory(tests), () -> "skipped: there is no " + tests);
    try (Stream<Path> classes = Files.walk(tests)) {
      for (Path from : classes.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(tests.relativize(from));
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    }
    Fork fork =
        java.run(
            List.of("-Xmx1g", "--add-modules=jdk.incubator.vector"),
            folder,
            JUnitMain.class,
            List.of(folder.toString()));
    assertThat(fork.status()).as(fork.output() + fork.errors()).isZero();
    assertThat(Integer.parseInt(fork.output().lines().toList().getLast())).isGreaterThan(150);
  }

  /** Beside the classes or the jar that the runtime was loaded from. */
  private static Path runtimeTests() throws URISyntaxException {
    Path runtime = Path.of(Simd.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path tests = runtime.resolveSibling("test-classes");
    return Files.isDirectory(tests) ? tests : runtime.resolveSibling("test");
  }

  private static int version(byte[] bytes) {
    return bytes[6] << 8 | bytes[7];
  }
}
