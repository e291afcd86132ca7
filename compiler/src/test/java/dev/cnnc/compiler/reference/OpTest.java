package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;

/** What the tests of single ops have in common: a picture, weights by name, expected numbers. */
abstract class OpTest {

  static final Offset<Double> EXACTLY = Offset.offset(1e-14);

  /** Where what goes in is rounded to float. */
  static final Offset<Double> ROUNDED = Offset.offset(1e-5);

  private final Map<String, float[]> weights = new HashMap<>();

  final void weights(String name, double... values) {
    weights.put(name, floats(values));
  }

  /** Runs the last node. */
  final double[] run(GraphBuilder graph, double... picture) {
    TensorSource source = (name, shape) -> weights.get(name).clone();
    int output = graph.last();
    return Reference.run(graph.build(output), source, floats(picture)).values().iterator().next();
  }

  /** Runs one op without weights on one picture. */
  final double[] run(Op op, int channels, int height, int width, double... picture) {
    GraphBuilder graph = new GraphBuilder(channels, height, width);
    graph.add("op", op, 0);
    return run(graph, picture);
  }

  /** 1, 2, 3 and so on. */
  static double[] counting(int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
