package dev.cnnc.compiler.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.weights.SafetensorsWriter.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

  @TempDir private Path folder;

  private static Tensor tensor(String name, List<Integer> shape, float... data) {
    return new Tensor(name, shape, () -> data);
  }

  @Test
  void whatIsWrittenCanBeRead() throws IOException {
    Path file = folder.resolve("a.safetensors");
    SafetensorsWriter.write(
        file,
        List.of(
            tensor("conv1.weight", List.of(2, 1, 1, 1), 1.5f, -0f),
            tensor("a \"quoted\" \u00e9", List.of(1), Float.MIN_VALUE)));
    Safetensors read = Safetensors.open(file);
    assertThat(read.tensor("conv1.weight", List.of(2, 1, 1, 1))).containsExactly(1.5f, -0f);
    assertThat(read.tensor("a \"quoted\" \u00e9", List.of(1))).containsExactly(Float.MIN_VALUE);
  }

  @Test
  void theBytesAreFixedAndDataIsAligned() throws IOException {
    Path file = folder.resolve("a.safetensors");
    SafetensorsWriter.write(file, List.of(tensor("a", List.of(1), 1)));
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}  ";
    String length = (char) header.length() + "\0\0\0\0\0\0\0";
    assertThat(header.length() % 8).isZero();
    assertThat(Files.readAllBytes(file))
        .isEqualTo((length + header + "\0\0\200?").getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void refusesTwoOfOneName() {
    List<Tensor> two = List.of(tensor("a", List.of(1), 1), tensor("a", List.of(1), 2));
    assertThatThrownBy(() -> SafetensorsWriter.write(folder.resolve("a"), two))
        .hasMessage("two tensors called a");
  }

  @Test
  void refusesDataOfAnotherLength() {
    List<Tensor> wrong = List.of(tensor("a", List.of(3), 1));
    assertThatThrownBy(() -> SafetensorsWriter.write(folder.resolve("a"), wrong))
        .hasMessage("a has 1 elements, not [3]");
  }
}
