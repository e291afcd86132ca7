package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.testing.Fork;
import dev.cnnc.compiler.testing.HashMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same input gives the same Java and the same weights, whoever compiles, wherever. */
class SameTextTest {
  @TempDir static Path folder;
  private static List<String> expected;

  @BeforeAll
  static void compile() throws IOException {
    expected = HashMain.hashes();
  }

  @Test
  void inOneJvm() throws IOException {
    assertThat(HashMain.hashes()).isEqualTo(expected);
  }

  /**
   * A JVM of its own shuffles sets and maps anew; Turkish has another small I, Arabic other digits.
   */
  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "de-DE", "ar-EG"})
  void inAnyCountry(String locale) throws IOException, InterruptedException {
    String[] words = locale.split("-", -1);
    List<String> options = List.of("-Duser.language=" + words[0], "-Duser.country=" + words[1]);
    Fork fork = Fork.run(options, folder, HashMain.class, List.of());
    assertThat(fork.status()).as(fork.errors()).isZero();
    assertThat(fork.output().lines().toList()).isEqualTo(expected);
  }
}
