package dev.cnnc.compiler.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PipeTest {
  @TempDir private Path folder;

  /** A pipe would wait for ever. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(60)
  void isNoFileOfWeights() throws Exception {
    Path pipe = folder.resolve("net.safetensors");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> Safetensors.open(pipe))
        .isInstanceOf(SafetensorsException.class)
        .hasMessageContaining("it is no regular file");
  }
}
