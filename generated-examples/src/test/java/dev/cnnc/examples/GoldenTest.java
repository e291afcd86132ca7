package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The committed Java of LeNet-5 is what the compiler emits today.
 *
 * <p>{@code -Dgolden=rewrite} writes it anew, and fails all the same: a change is looked at first.
 */
class GoldenTest {
  private static final Path GOLDEN = Path.of("golden/dev/cnnc/examples/Lenet5.java");
  private static final Path FRESH =
      Path.of("target/generated-sources/cnn/dev/cnnc/examples/Lenet5.java");

  @Test
  void theCommittedClassIsFresh() throws IOException {
    String fresh = Files.readString(FRESH);
    String golden = Files.exists(GOLDEN) ? Files.readString(GOLDEN) : "";
    if (System.getProperty("golden", "").equals("rewrite") && !golden.equals(fresh)) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, fresh);
    }
    assertThat(golden)
        .as("%s is old: look at the difference after -Dgolden=rewrite", GOLDEN)
        .isEqualTo(fresh);
  }
}
