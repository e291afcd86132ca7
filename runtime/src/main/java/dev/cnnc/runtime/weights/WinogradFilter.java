package dev.cnnc.runtime.weights;

/** The matrix G of {@link Recipe.Winograd}, applied from both sides. */
final class WinogradFilter {
  private static final double[][] OF_TWO = {
    {1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}
  };

  private static final double[][] OF_FOUR = {
    {1.0 / 4, 0, 0},
    {-1.0 / 6, -1.0 / 6, -1.0 / 6},
    {-1.0 / 6, 1.0 / 6, -1.0 / 6},
    {1.0 / 24, 1.0 / 12, 1.0 / 6},
    {1.0 / 24, -1.0 / 12, 1.0 / 6},
    {0, 0, 1}
  };

  private final double[][] matrix;

  WinogradFilter(int tile) {
    matrix =
        switch (tile) {
          case 2 -> OF_TWO;
          case 4 -> OF_FOUR;
          default -> throw new IllegalArgumentException("no Winograd tile of " + tile);
        };
  }

  /** Numbers that a filter of nine becomes. */
  int size() {
    return matrix.length * matrix.length;
  }

  /** Transforms nine taps from {@code first} on, each rounded to a float before. */
  void transform(double[] taps, int first, double[] into, int to) {
    for (int tap = first; tap < first + 9; tap++) {
      taps[tap] = (float) taps[tap];
    }
    for (int i = 0; i < matrix.length; i++) {
      double[] g = matrix[i];
      double left = g[0] * taps[first] + g[1] * taps[first + 3] + g[2] * taps[first + 6];
      double middle = g[0] * taps[first + 1] + g[1] * taps[first + 4] + g[2] * taps[first + 7];
      double right = g[0] * taps[first + 2] + g[1] * taps[first + 5] + g[2] * taps[first + 8];
      for (int j = 0; j < matrix.length; j++) {
        double[] h = matrix[j];
        into[to + i * matrix.length + j] = left * h[0] + middle * h[1] + right * h[2];
      }
    }
  }
}
