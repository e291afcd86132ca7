package dev.cnnc.compiler.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file, opening it ends in a complaint or in tensors that can be read. */
class DamagedFileTest {

  private static final int FILES = 3000;

  /** What headers are made of, so that damage often stays JSON. */
  private static final String LIKELY = "0123456789-,:[]{}\"eaF .";

  @TempDir private Path folder;

  @Test
  void neverSurprises() throws IOException {
    Path good = folder.resolve("good.safetensors");
    SafetensorsWriter.write(
        good,
        List.of(
            new SafetensorsWriter.Tensor("a", List.of(2, 3), () -> new float[6]),
            new SafetensorsWriter.Tensor("b", List.of(4), () -> new float[4])));
    byte[] whole = Files.readAllBytes(good);
    int complaints = 0;
    for (long seed = 0; seed < FILES; seed++) {
      byte[] damaged = damage(whole, new SplittableRandom(seed));
      Path file = new HandmadeFile(folder).bytes(ByteBuffer.wrap(damaged));
      complaints += opens(file, seed) ? 0 : 1;
    }
    assertThat(complaints).isBetween(FILES / 2, FILES - 1);
  }

  private static byte[] damage(byte[] whole, SplittableRandom random) {
    int length = random.nextInt(10) == 0 ? random.nextInt(whole.length) : whole.length;
    byte[] damaged = Arrays.copyOf(whole, length);
    for (int times = random.nextInt(3); times >= 0 && length > 0; times--) {
      byte value = (byte) LIKELY.charAt(random.nextInt(LIKELY.length()));
      damaged[random.nextInt(length)] = random.nextInt(4) == 0 ? (byte) random.nextInt() : value;
    }
    return damaged;
  }

  private static boolean opens(Path file, long seed) {
    try {
      Safetensors tensors = Safetensors.open(file);
      for (StoredTensor tensor : tensors.tensors().values()) {
        tensors.tensor(tensor.name(), tensor.shape().stream().map(Math::toIntExact).toList());
      }
      return true;
    } catch (SafetensorsException e) {
      assertThat(e.diagnostic().message()).as("seed " + seed).isNotBlank();
      return false;
    } catch (RuntimeException e) {
      return fail("seed " + seed, e);
    }
  }
}
