package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.testing.Fork;
import dev.cnnc.compiler.testing.HashMain;
import dev.cnnc.compiler.testing.KernelFamilies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same input gives the same Java and the same weights, whoever compiles, wherever. */
class SameTextTest {
  @TempDir static Path folder;
  private static List<String> expected;

  @BeforeAll
  static void compile() throws IOException {
    expected = HashMain.hashes(KernelFamilies.shared());
  }

  @Test
  void inOneJvm() throws IOException {
    assertThat(HashMain.hashes(KernelFamilies.again())).isEqualTo(expected);
  }

  /**
   * A JVM of its own shuffles sets and maps anew. Turkish has another small I; with Arabic digits
   * both the digits and the decimal point are others.
   */
  @Test
  void inAnyCountry() throws IOException, InterruptedException {
    List<String> options =
        List.of(
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.extensions=u-nu-arab",
            // It ends before C2 has given back what it takes.
            "-XX:TieredStopAtLevel=1");
    Fork fork = Fork.run(options, folder, HashMain.class, List.of());
    assertThat(fork.status()).as(fork.errors()).isZero();
    assertThat(fork.output().lines().toList()).isEqualTo(expected);
  }
}
