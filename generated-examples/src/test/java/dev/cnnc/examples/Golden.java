package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A committed text that has to be what this build makes. */
record Golden(Path file) {

  /**
   * {@code -Dgolden=rewrite} writes it anew, and fails all the same: a change is looked at first.
   */
  void assertFresh(String fresh) throws IOException {
    String golden = Files.exists(file) ? Files.readString(file) : "";
    if (System.getProperty("golden", "").equals("rewrite") && !golden.equals(fresh)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, fresh);
    }
    assertThat(golden)
        .as("%s is old: look at the difference after -Dgolden=rewrite", file)
        .isEqualTo(fresh);
  }
}
