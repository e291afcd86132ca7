package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.read.OnnxException;
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
import java.util.stream.Stream;

/**
 * One test of the standard: a model of few nodes, its inputs and what must come out. Our networks
 * have one input, so all others are constants.
 */
record NodeTest(Path folder) {

  /** Between numbers, as the standard's own tests allow. */
  private static final double RELATIVE = 1e-3;

  private static final double ABSOLUTE = 1e-5;

  /** What became of a test before it runs. */
  sealed interface Prepared {
    record Unsupported(String reason) implements Prepared {}

    record Ready(ImportedModel model, Onnx.Tensor input, List<Onnx.Tensor> expected)
        implements Prepared {}
  }

  /** The tests of a folder. */
  static List<NodeTest> all(Path folder) {
    try (Stream<Path> tests = Files.list(folder)) {
      return tests.filter(Files::isDirectory).sorted().map(NodeTest::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return folder.getFileName().toString();
  }

  /** Reads and translates; a model that would compute something else must not come through. */
  Prepared prepare(Path temporary) throws IOException {
    Onnx.Model model = OnnxReader.read(folder.resolve("model.onnx"));
    List<Onnx.Tensor> inputs;
    List<Onnx.Tensor> outputs;
    try {
      inputs = tensors("input");
      outputs = tensors("output");
    } catch (OnnxException e) {
      return new Prepared.Unsupported("an optional input is not a tensor");
    }
    if (inputs.isEmpty()) {
      return new Prepared.Unsupported("a network has an input");
    }
    Map<String, Onnx.Tensor> constants = new HashMap<>();
    for (int i = 1; i < inputs.size(); i++) {
      constants.put(model.graph().inputs().get(i).name(), inputs.get(i));
    }
    OnnxImport.Result result = OnnxImport.of(model, name(), Map.of(), constants);
    if (!result.problems().isEmpty()) {
      return new Prepared.Unsupported(result.problems().getFirst().reason());
    }
    return new Prepared.Ready(
        ImportedModel.of(model, name(), constants, temporary, ""), inputs.getFirst(), outputs);
  }

  private List<Onnx.Tensor> tensors(String kind) throws IOException {
    List<Onnx.Tensor> tensors = new ArrayList<>();
    while (true) {
      Path file = folder.resolve("test_data_set_0/" + kind + "_" + tensors.size() + ".pb");
      if (!Files.exists(file)) {
        return tensors;
      }
      tensors.add(OnnxReader.readTensor(file));
    }
  }

  /** What is wrong with the results, or nothing. */
  static String difference(Prepared.Ready ready, Map<String, byte[]> classes) {
    try (CompiledNetwork network = ready.model().load(classes)) {
      float[][] results = Results.of(network, Elements.floats(ready.input()));
      if (results.length != ready.expected().size()) {
        return "%s outputs, not %s".formatted(results.length, ready.expected().size());
      }
      for (int i = 0; i < results.length; i++) {
        String wrong = difference(results[i], Elements.doubles(ready.expected().get(i)));
        if (!wrong.isEmpty()) {
          return "output " + i + wrong + "\n" + ready.model().text();
        }
      }
      return "";
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
}
