package dev.cnnc.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A class and its probability.
 *
 * @param index of the class, from 0
 * @param label its name, or its number where it has none
 * @param probability from 0 to 1; those of all classes sum to 1
 */
public record Prediction(int index, String label, double probability) {

  /**
   * All classes, the most probable first.
   *
   * @param scores of a network's output; logits, unless they are probabilities already
   * @param labels in the order of the scores; may be too few
   */
  public static List<Prediction> of(float[] scores, List<String> labels) {
    double[] probabilities = probabilities(scores);
    return IntStream.range(0, scores.length)
        .boxed()
        // Sorted by score, because the smallest probabilities are all zero.
        .sorted(Comparator.comparingDouble((Integer index) -> scores[index]).reversed())
        .map(
            index ->
                new Prediction(
                    index,
                    index < labels.size() ? labels.get(index) : Integer.toString(index),
                    probabilities[index]))
        .toList();
  }

  private static double[] probabilities(float[] scores) {
    double[] values = new double[scores.length];
    double largest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    boolean negative = false;
    for (int index = 0; index < scores.length; index++) {
      values[index] = scores[index];
      largest = Math.max(largest, scores[index]);
      sum += scores[index];
      negative |= scores[index] < 0;
    }
    if (!negative && Math.abs(sum - 1) <= 1e-3) {
      return values;
    }
    double total = 0;
    for (int index = 0; index < values.length; index++) {
      // StrictMath: the same bits on every machine.
      values[index] = StrictMath.exp(values[index] - largest);
      total += values[index];
    }
    for (int index = 0; index < values.length; index++) {
      values[index] /= total;
    }
    return values;
  }
}
