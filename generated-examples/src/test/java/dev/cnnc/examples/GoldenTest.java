package dev.cnnc.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed Java of LeNet-5 is what the compiler emits today. */
class GoldenTest {
  private static final Golden GOLDEN = new Golden(Path.of("golden/dev/cnnc/examples/Lenet5.java"));
  private static final Path FRESH =
      Path.of("target/generated-sources/cnn/dev/cnnc/examples/Lenet5.java");

  @Test
  void theCommittedClassIsFresh() throws IOException {
    GOLDEN.assertFresh(Files.readString(FRESH));
  }
}
