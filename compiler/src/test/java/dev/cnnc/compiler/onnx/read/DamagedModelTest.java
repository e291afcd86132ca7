package dev.cnnc.compiler.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.OnnxExport;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file, it ends in our own exception, in problems, or in a network. */
class DamagedModelTest {

  private static final int FILES = 2500;
  private static final int ORIGINALS = 20;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void neverSurprises() throws IOException {
    byte[][] originals = new byte[ORIGINALS][];
    for (int i = 0; i < ORIGINALS; i++) {
      originals[i] =
          OnnxReaderTest.bytes(
              OnnxExport.of(CompiledGraph.improved(RandomGraphs.of(i)), new Synthetic()));
    }
    int refused = 0;
    for (long seed = 0; seed < FILES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] damaged = damage(originals[random.nextInt(ORIGINALS)], random);
      Path file = Files.write(folder.resolve("damaged.onnx"), damaged);
      refused += reads(file, seed) ? 0 : 1;
    }
    assertThat(refused).isBetween(FILES / 4, FILES - 1);
  }

  /** Beginnings matter most: there stand lengths and kinds. */
  private static byte[] damage(byte[] whole, SplittableRandom random) {
    int length = random.nextInt(8) == 0 ? random.nextInt(whole.length) : whole.length;
    byte[] damaged = Arrays.copyOf(whole, length);
    for (int times = random.nextInt(4); times >= 0 && length > 0; times--) {
      int place = random.nextInt(random.nextBoolean() ? length : Math.min(length, 2000));
      damaged[place] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(32));
    }
    return damaged;
  }

  private static boolean reads(Path file, long seed) {
    try {
      Onnx.Model model = OnnxReader.read(file);
      for (Onnx.Tensor tensor : model.graph().initializers()) {
        tensor.content().write(OutputStream.nullOutputStream());
      }
      OnnxImport.Result result = OnnxImport.of(model, "damaged", Map.of(), Map.of());
      assertThat(result.network().isPresent())
          .as("seed " + seed)
          .isEqualTo(result.problems().isEmpty());
      return result.network().isPresent();
    } catch (OnnxException e) {
      assertThat(e).as("seed " + seed).message().isNotBlank();
      return false;
    } catch (IOException | RuntimeException e) {
      return fail("seed " + seed, e);
    }
  }
}
