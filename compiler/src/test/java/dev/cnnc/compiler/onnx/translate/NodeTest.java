package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.read.OnnxReader;
import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One test of the standard: a model of few nodes, its inputs and what must come out. Our networks
 * have one input, so all others are constants.
 */
record NodeTest(Path folder) {

  /** Between numbers, as the standard's own tests allow. */
  private static final double RELATIVE = 1e-3;

  private static final double ABSOLUTE = 1e-5;

  /** How a test ended. */
  sealed interface Outcome {
    record Green() implements Outcome {}

    record Unsupported(String reason) implements Outcome {}

    record Wrong(String what) implements Outcome {}
  }

  String name() {
    return folder.getFileName().toString();
  }

  Outcome run(Path temporary) {
    try {
      Onnx.Model model = OnnxReader.read(folder.resolve("model.onnx"));
      List<Onnx.Tensor> inputs = tensors("input");
      List<Onnx.Tensor> outputs = tensors("output");
      if (inputs.isEmpty()) {
        return new Outcome.Unsupported("has no input");
      }
      if (inputs.getFirst().type().isWhole() || outputs.getFirst().type().isWhole()) {
        return new Outcome.Unsupported("computes with integers or truth values");
      }
      Map<String, Onnx.Tensor> constants = new HashMap<>();
      for (int i = 1; i < inputs.size(); i++) {
        constants.put(model.graph().inputs().get(i).name(), inputs.get(i));
      }
      ImportedModel imported = ImportedModel.of(model, "node", constants, temporary, "");
      return run(imported, inputs.getFirst(), outputs);
    } catch (IllegalArgumentException refused) {
      return new Outcome.Unsupported(String.valueOf(refused.getMessage()));
    } catch (RuntimeException | IOException problem) {
      return new Outcome.Wrong(problem.toString());
    }
  }

  private List<Onnx.Tensor> tensors(String kind) throws IOException {
    List<Onnx.Tensor> tensors = new ArrayList<>();
    for (int i = 0; true; i++) {
      Path file = folder.resolve("test_data_set_0/" + kind + "_" + i + ".pb");
      if (!Files.exists(file)) {
        return tensors;
      }
      tensors.add(OnnxReader.readTensor(file));
    }
  }

  private static Outcome run(ImportedModel imported, Onnx.Tensor input, List<Onnx.Tensor> outputs) {
    try (CompiledNetwork network = imported.load()) {
      float[][] results = Results.of(network, Elements.floats(input));
      for (int i = 0; i < results.length; i++) {
        String wrong = difference(results[i], Elements.doubles(outputs.get(i)));
        if (!wrong.isEmpty()) {
          return new Outcome.Wrong("output " + i + wrong + "\n" + imported.text());
        }
      }
      return new Outcome.Green();
    }
  }

  private static String difference(float[] actual, double[] expected) {
    if (actual.length != expected.length) {
      return " has %s elements, not %s".formatted(actual.length, expected.length);
    }
    for (int i = 0; i < actual.length; i++) {
      boolean equal = Double.compare(actual[i], expected[i]) == 0;
      double difference = Math.abs(actual[i] - expected[i]);
      if (!equal && !(difference <= ABSOLUTE + RELATIVE * Math.abs(expected[i]))) {
        return String.format(Locale.ROOT, "[%d] is %s, not %s", i, actual[i], expected[i]);
      }
    }
    return "";
  }

  static List<NodeTest> all(Path folder) {
    try (var tests = Files.list(folder)) {
      return tests.filter(Files::isDirectory).sorted().map(NodeTest::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
