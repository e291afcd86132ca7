package dev.cnnc.cli;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.read.OnnxException;
import dev.cnnc.compiler.onnx.read.OnnxReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How a model rounds between its layers: the class computes in float what a model has in 16 bits.
 */
final class ModelRounding {
  /** Half of the last place of 11 binary digits, and of 8. */
  private static final double HALF = 0x1p-11;

  private static final double BRAIN = 0x1p-8;

  private ModelRounding() {}

  /** Relative to the numbers; 0 in float. */
  static double of(Path model) throws IOException {
    try {
      Onnx.Graph graph = OnnxReader.read(model).graph();
      boolean brain = has(graph, Onnx.DataType.BFLOAT16);
      return brain ? BRAIN : has(graph, Onnx.DataType.FLOAT16) ? HALF : 0;
    } catch (OnnxException unreadable) {
      return 0;
    }
  }

  private static boolean has(Onnx.Graph graph, Onnx.DataType type) {
    return graph.inputs().stream().anyMatch(input -> input.type() == type)
        || graph.outputs().stream().anyMatch(output -> output.type() == type)
        || graph.initializers().stream().anyMatch(tensor -> tensor.type() == type);
  }
}
