package dev.cnnc.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed Java of LeNet-5 is what the compiler emits today. */
class GoldenTest {
  private static final Path FRESH = Path.of("target/generated-sources/cnn/dev/cnnc/examples");

  @ParameterizedTest
  @ValueSource(strings = {"Lenet5.java", "Lenet5Kernels.java"})
  void theCommittedFileIsFresh(String name) throws IOException {
    new Golden(Path.of("golden/dev/cnnc/examples", name))
        .assertFresh(Files.readString(FRESH.resolve(name)));
  }
}
