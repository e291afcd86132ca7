package dev.cnnc.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.measure.SyntheticInputs;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.compiler.testing.SharedLogits;
import dev.cnnc.compiler.testing.Zoo;
import dev.cnnc.compiler.weights.RoundedSource;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every network of the examples goes out and says in ONNX Runtime what it says in PyTorch, or where
 * that was not asked, in our own class.
 *
 * <p>One after the other: the largest has 584 MB of weights.
 */
class ZooTest {

  /** Of the largest logit. */
  private static final double TOLERANCE = 1e-3;

  /**
   * Above so many bytes a model has its tensors beside it: the engine takes 12 s of a processor for
   * the 532 MB of vgg13 in one file, and 0.3 s for the two.
   */
  private static final long LARGE = 64_000_000;

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> saysTheSameInOnnxRuntime() throws IOException {
    List<DynamicTest> tests = Zoo.tests(this::check).toList();
    assertThat(tests).hasSizeGreaterThan(50);
    return tests.stream();
  }

  private void check(Path file) throws Exception {
    Network written = Zoo.written(file);
    List<float[]> inputs = SyntheticInputs.of(written.graph());
    Map<String, OnnxRuntime.Output> outputs = theirs(written, inputs);
    assertThat(outputs.keySet())
        .containsExactlyElementsOf(
            written.graph().outputs().stream().map(Graph.Output::name).toList());
    Optional<double[]> logits = logits(file, written);
    List<double[]> expected =
        logits.isPresent() ? List.of(logits.get()) : ours(Zoo.compiled(file), inputs);
    for (int i = 0; i < expected.size(); i++) {
      Graph.Output output = written.graph().outputs().get(i);
      OnnxRuntime.Output actual = outputs.get(output.name());
      Shape whole = written.graph().node(output.node()).shape();
      assertThat(actual.dimensions())
          .isEqualTo(
              whole.isVector()
                  ? List.of(1L, (long) whole.channels())
                  : List.of(
                      1L, (long) whole.channels(), (long) whole.height(), (long) whole.width()));
      assertSame(output.name(), actual.data(), expected.get(i));
    }
  }

  private Map<String, OnnxRuntime.Output> theirs(Network written, List<float[]> inputs)
      throws Exception {
    Onnx.Model model =
        OnnxExport.of(
            written.with(Passes.portable(written.graph())),
            RoundedSource.of(new Synthetic(), written.storage()));
    Path file = folder.resolve("network.onnx");
    return OnnxWriter.size(model) > LARGE
        ? OnnxRuntime.runWithData(model, file, inputs)
        : OnnxRuntime.run(model, file, inputs);
  }

  /** PyTorch was asked about the networks, and for one output. */
  private static Optional<double[]> logits(Path file, Network written) {
    return file.getParent().endsWith("networks") && written.graph().outputs().size() == 1
        ? SharedLogits.of(written.graph().name())
        : Optional.empty();
  }

  private static List<double[]> ours(Compilation.Result result, List<float[]> inputs) {
    try (NetworkInstance network = ImportedModel.instance(result, Start.VECTORS)) {
      return Arrays.stream(Results.of(network, inputs.toArray(float[][]::new)))
          .map(values -> IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray())
          .toList();
    }
  }

  private static void assertSame(String output, FloatBuffer actual, double[] expected) {
    double[] values = IntStream.range(0, actual.remaining()).mapToDouble(actual::get).toArray();
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(values).as(output).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      // 1,202 layers of synthetic weights are too much for float, here and there.
      boolean noNumbers = Double.isNaN(values[i]) && Double.isNaN(expected[i]);
      if (!(noNumbers || Math.abs(values[i] - expected[i]) <= TOLERANCE * largest)) {
        throw new AssertionError(
            "%s[%d] is %s, not %s".formatted(output, i, values[i], expected[i]));
      }
    }
    assertThat(fiveLargest(values)).as(output).isEqualTo(fiveLargest(expected));
  }

  private static List<Integer> fiveLargest(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -values[i]))
        .limit(5)
        .toList();
  }
}
