package dev.cnnc.compiler.verify;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.runtime.weights.Evaluator;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Rows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a norm may enlarge the rounding of its mean: numbers that are nearly equal are as far
 * from their mean as a rounding of it, and are divided by a small deviation.
 */
final class NormErrors {

  /** Of a mean in float, relative to the largest number. */
  private static final double ROUNDING = 1e-6;

  private final Evaluator evaluator;

  /** How many norms will read the value of a node. */
  private final Map<Integer, Integer> readers = new HashMap<>();

  private final Map<Integer, double[]> values = new HashMap<>();

  NormErrors(Graph graph, Evaluator evaluator) {
    this.evaluator = evaluator;
    graph.nodes().stream()
        .filter(NormErrors::isNorm)
        .forEach(node -> readers.merge(node.inputs().getFirst(), 1, Integer::sum));
  }

  private static boolean isNorm(Node node) {
    return node.op() instanceof Op.LayerNorm || node.op() instanceof Computation.GroupNorm;
  }

  /** Keeps what a norm will read. */
  void see(Node node, double[] given) {
    if (readers.containsKey(node.id())) {
      values.put(node.id(), given);
    }
  }

  /** For each number; zeros for other layers. */
  double[] of(Node node) {
    double[] errors = new double[node.shape().size()];
    if (!isNorm(node)) {
      return errors;
    }
    int input = node.inputs().getFirst();
    double[] read = values.get(input);
    if (readers.merge(input, -1, Integer::sum) == 0) {
      values.remove(input);
    }
    int channels = node.shape().channels();
    int pixels = node.shape().pixels();
    if (read == null || read.length != errors.length) {
      return errors;
    }
    if (node.op() instanceof Op.LayerNorm norm) {
      double[] weight = magnitudes(norm.weight());
      for (int pixel = 0; pixel < pixels; pixel++) {
        double error = error(read, pixel, channels, pixels, norm.epsilon());
        for (int channel = 0; channel < channels; channel++) {
          errors[channel * pixels + pixel] = error * weight[channel];
        }
      }
    } else if (node.op() instanceof Computation.GroupNorm norm) {
      double[] weight = magnitudes(norm.weight());
      int each = channels / norm.groups() * pixels;
      for (int from = 0; from < errors.length; from += each) {
        double error = error(read, from, each, 1, norm.epsilon());
        for (int at = from; at < from + each; at++) {
          errors[at] = error * weight[at / pixels];
        }
      }
    }
    return errors;
  }

  private double[] magnitudes(Recipe recipe) {
    double[] all = new double[recipe.shape().getFirst()];
    Rows rows = evaluator.rows(recipe);
    Arrays.setAll(all, index -> Math.abs(rows.row(index)[0]));
    return all;
  }

  /** Of {@code count} numbers, which lie {@code step} apart. */
  private static double error(double[] numbers, int from, int count, int step, double epsilon) {
    double sum = 0;
    double largest = 0;
    for (int index = 0; index < count; index++) {
      sum += numbers[from + index * step];
      largest = Math.max(largest, Math.abs(numbers[from + index * step]));
    }
    double variance = 0;
    for (int index = 0; index < count; index++) {
      double away = numbers[from + index * step] - sum / count;
      variance += away * away / count;
    }
    double error = ROUNDING * largest / Math.sqrt(variance + epsilon);
    return Double.isFinite(error) ? error : 0;
  }
}
