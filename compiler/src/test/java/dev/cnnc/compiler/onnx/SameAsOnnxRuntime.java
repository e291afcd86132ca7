package dev.cnnc.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the emitted class of an imported model gives is what ONNX Runtime gives, for the model and
 * for what we export of it.
 *
 * @param folder for the files of both
 */
record SameAsOnnxRuntime(Path folder) {

  void check(Onnx.Model model, float[] picture, double tolerance) throws Exception {
    check(model, picture, picture, tolerance);
  }

  /** The same where the model has its picture in another order. */
  void check(Onnx.Model model, float[] picture, float[] theirs, double tolerance) throws Exception {
    ImportedModel imported = ImportedModel.of(model, "o", Map.of(), folder, "");
    Compilation.Result ours = imported.compiled();
    Onnx.Model exported =
        OnnxExport.of(ours.written().with(Passes.portable(ours.written().graph())), ours.source());
    try (CompiledNetwork network = imported.load()) {
      float[][] results = Results.of(network, picture);
      check(results, outputs(model, theirs), tolerance, "");
      check(results, outputs(exported, picture), tolerance, " of the export");
    }
  }

  private List<OnnxRuntime.Output> outputs(Onnx.Model model, float[] picture) throws Exception {
    return List.copyOf(OnnxRuntime.run(model, folder.resolve("o.onnx"), picture).values());
  }

  private static void check(
      float[][] results, List<OnnxRuntime.Output> right, double tolerance, String what) {
    assertThat(results).hasNumberOfRows(right.size());
    for (int i = 0; i < results.length; i++) {
      FloatBuffer expected = right.get(i).data();
      assertThat(results[i]).hasSize(expected.remaining());
      for (int j = 0; j < results[i].length; j++) {
        float mine = results[i][j];
        float other = expected.get(j);
        boolean equal = mine == other || (Float.isNaN(mine) && Float.isNaN(other));
        assertThat(equal || Math.abs((double) mine - other) <= tolerance)
            .as("output %s[%s]%s is %s, not %s", i, j, what, mine, other)
            .isTrue();
      }
    }
  }
}
