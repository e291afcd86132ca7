package dev.cnnc.runtime.weights;

import java.util.List;

/** The matrices of {@link Recipe.Winograd}, applied from both sides. */
final class WinogradFilter {
  private final double[][] left;
  private final double[][] right;

  WinogradFilter(Recipe.Winograd recipe) {
    List<Integer> shape = recipe.filters().shape();
    left = matrix(recipe.rows(), shape.get(2));
    right = matrix(recipe.columns(), shape.get(3));
  }

  private static double[][] matrix(List<Double> factors, int taps) {
    double[][] matrix = new double[factors.size() / taps][taps];
    for (int i = 0; i < factors.size(); i++) {
      matrix[i / taps][i % taps] = factors.get(i);
    }
    return matrix;
  }

  /** Number of taps of a filter. */
  int taps() {
    return left[0].length * right[0].length;
  }

  /** Number of elements of a transformed filter. */
  int size() {
    return left.length * right.length;
  }

  /** Transforms the taps from {@code first} on, each rounded to float first. */
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
