package dev.cnnc.benchmarks;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The shapes of inputs with open dimensions, as the user writes them: {@code image=3,224,224} for
 * every model with such an input, {@code detector.onnx:image=3,640,640} for one model.
 */
record InputShapes(Map<String, String> written) {

  InputShapes {
    written = Map.copyOf(written);
    written.forEach(
        (name, sizes) -> {
          if (!sizes.matches("[1-9][0-9]{0,8}(,[1-9][0-9]{0,8})*")) {
            throw new IllegalArgumentException(
                "--input-shape needs sizes such as image=3,224,224, not " + name + "=" + sizes);
          }
        });
  }

  /** As words of a command line. */
  List<String> words() {
    return written.entrySet().stream()
        .map(shape -> shape.getKey() + "=" + shape.getValue())
        .sorted()
        .toList();
  }

  static InputShapes parse(List<String> words) {
    Map<String, String> written = new HashMap<>();
    for (String word : words) {
      int end = word.lastIndexOf('=');
      written.put(word.substring(0, end), word.substring(end + 1));
    }
    return new InputShapes(written);
  }

  /** Those of a model; a shape for this model alone goes before one for all. */
  Map<String, List<Long>> of(String file, Onnx.Graph graph) {
    Map<String, List<Long>> shapes = new HashMap<>();
    for (Onnx.ValueInfo input : graph.inputs()) {
      String all = written.get(input.name());
      String sizes = written.getOrDefault(file + ":" + input.name(), all == null ? "" : all);
      if (!sizes.isEmpty()) {
        shapes.put(input.name(), Arrays.stream(sizes.split(",", -1)).map(Long::valueOf).toList());
      }
    }
    return shapes;
  }
}
