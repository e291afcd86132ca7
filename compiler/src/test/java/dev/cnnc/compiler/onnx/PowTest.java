package dev.cnnc.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.ModelBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pow with a constant exponent gives what ONNX Runtime gives, from the emitted class. */
class PowTest {

  private static final float[] NUMBERS = {
    0f,
    -0f,
    1f,
    -1f,
    0.75f,
    -0.75f,
    1.5f,
    -1.5f,
    2f,
    -3f,
    1e-40f,
    -1e30f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    1e5f
  };

  private static final double[] EXPONENTS = {
    0, 0.5, -0.5, 1, -1, 1.5, 2, -2, 2.5, 3, -3, 4, 15, 16, 17, 18, -17, 31, 32.5, 64, -65, 0.3,
    -7.1, 1e6
  };

  @TempDir private Path folder;

  @Test
  void isThatOfOnnxRuntime() throws Exception {
    ModelBuilder builder = new ModelBuilder(13);
    List<String> outputs = new ArrayList<>();
    for (double exponent : EXPONENTS) {
      outputs.add(builder.node("Pow", "x", builder.constant(exponent)));
    }
    Onnx.Model model = builder.model(List.of(1L, 1L, 4L, 4L), outputs.toArray(String[]::new));
    List<OnnxRuntime.Output> right =
        List.copyOf(OnnxRuntime.run(model, folder.resolve("pow.onnx"), NUMBERS).values());
    try (CompiledNetwork network = ImportedModel.of(model, "pow", Map.of(), folder, "").load()) {
      float[][] powers = Results.of(network, NUMBERS);
      for (int i = 0; i < powers.length; i++) {
        FloatBuffer expected = right.get(i).data();
        for (int j = 0; j < NUMBERS.length; j++) {
          double allowed = 10 * Math.ulp(expected.get(j));
          assertThat(
                  Float.compare(powers[i][j], expected.get(j)) == 0
                      || Math.abs((double) powers[i][j] - expected.get(j)) <= allowed)
              .as("%s ^ %s is %s, not %s", NUMBERS[j], EXPONENTS[i], powers[i][j], expected.get(j))
              .isTrue();
        }
      }
    }
  }
}
