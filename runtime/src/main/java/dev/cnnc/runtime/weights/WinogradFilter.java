package dev.cnnc.runtime.weights;

import java.util.List;

/** The matrices G of {@link Recipe.Winograd}, applied from both sides. */
final class WinogradFilter {
  private final double[][] left;
  private final double[][] right;

  WinogradFilter(Recipe.Winograd recipe) {
    List<Integer> shape = recipe.filters().shape();
    left = matrix(recipe.rows(), shape.get(2));
    right = matrix(recipe.columns(), shape.get(3));
  }

  /** {@code p_i^j / product of (p_i - p_k)}, and for infinity the last tap. */
  private static double[][] matrix(int outputs, int taps) {
    int last = outputs + taps - 2;
    double[][] matrix = new double[last + 1][taps];
    for (int i = 0; i < last; i++) {
      double point = Recipe.Winograd.POINTS.get(i);
      double term = 1;
      for (int k = 0; k < last; k++) {
        term /= k == i ? 1 : point - Recipe.Winograd.POINTS.get(k);
      }
      for (int j = 0; j < taps; j++) {
        matrix[i][j] = term;
        term *= point;
      }
    }
    matrix[last][taps - 1] = 1;
    return matrix;
  }

  /** Taps of a filter. */
  int taps() {
    return left[0].length * right[0].length;
  }

  /** Numbers that a filter becomes. */
  int size() {
    return left.length * right.length;
  }

  /** Transforms the taps from {@code first} on, each rounded to a float before. */
  void transform(double[] taps, int first, double[] into, int to) {
    double[] line = new double[right[0].length];
    int next = to;
    for (double[] g : left) {
      for (int column = 0; column < line.length; column++) {
        line[column] = 0;
        for (int row = 0; row < g.length; row++) {
          line[column] += g[row] * (float) taps[first + row * line.length + column];
        }
      }
      for (double[] h : right) {
        double sum = 0;
        for (int column = 0; column < line.length; column++) {
          sum += line[column] * h[column];
        }
        into[next++] = sum;
      }
    }
  }
}
