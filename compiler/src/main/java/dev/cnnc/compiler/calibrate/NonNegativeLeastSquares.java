package dev.cnnc.compiler.calibrate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The factors of which none is negative that make a sum of columns come closest to given numbers,
 * in least squares: the algorithm NNLS of Lawson and Hanson, Solving Least Squares Problems, 1974,
 * chapter 23.
 */
final class NonNegativeLeastSquares {
  private static final double TOLERANCE = 1e-10;

  private final double[][] products;
  private final double[] target;
  private final boolean[] free;

  /**
   * The normal equations; columns are scaled to length 1 so that the tolerance fits all.
   *
   * @param products of each pair of columns
   * @param target product of each column with the numbers
   */
  private NonNegativeLeastSquares(double[][] products, double[] target) {
    this.products = products;
    this.target = target;
    this.free = new boolean[target.length];
  }

  /**
   * The factors.
   *
   * @param rows one for each number, with an entry for each column
   * @param numbers that are to be met
   */
  static double[] solve(double[][] rows, double[] numbers) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] lengths = new double[columns];
    for (int column = 0; column < columns; column++) {
      double square = 0;
      for (double[] row : rows) {
        square += row[column] * row[column];
      }
      lengths[column] = square == 0 ? 1 : Math.sqrt(square);
    }
    double[][] products = new double[columns][columns];
    double[] target = new double[columns];
    for (int index = 0; index < rows.length; index++) {
      for (int i = 0; i < columns; i++) {
        double scaled = rows[index][i] / lengths[i];
        target[i] += scaled * numbers[index];
        for (int j = 0; j < columns; j++) {
          products[i][j] += scaled * rows[index][j] / lengths[j];
        }
      }
    }
    double[] factors = new NonNegativeLeastSquares(products, target).factors();
    for (int column = 0; column < columns; column++) {
      factors[column] /= lengths[column];
    }
    return factors;
  }

  private double[] factors() {
    double[] factors = new double[target.length];
    double least = TOLERANCE * Arrays.stream(target).map(Math::abs).max().orElse(0);
    // Each round frees a column or ends; in theory none comes back for ever, in floats it might.
    for (int round = 0; round < 10 * target.length; round++) {
      int best = steepest(factors, least);
      if (best < 0) {
        return factors;
      }
      free[best] = true;
      double[] wanted = unbounded();
      while (true) {
        double step = 1;
        int first = -1;
        for (int i = 0; i < factors.length; i++) {
          if (free[i] && wanted[i] <= 0) {
            double until = factors[i] / (factors[i] - wanted[i]);
            if (first < 0 || until < step) {
              first = i;
              step = until;
            }
          }
        }
        for (int i = 0; i < factors.length; i++) {
          factors[i] += step * (wanted[i] - factors[i]);
        }
        if (first < 0) {
          break;
        }
        // The first that comes to zero stays there, whatever floats make of it.
        factors[first] = 0;
        free[first] = false;
        wanted = unbounded();
      }
    }
    return factors;
  }

  /** The bound column along which the error falls fastest; negative if it falls along none. */
  private int steepest(double[] factors, double least) {
    int best = -1;
    double most = least;
    for (int i = 0; i < factors.length; i++) {
      double slope = target[i];
      for (int j = 0; j < factors.length; j++) {
        slope -= products[i][j] * factors[j];
      }
      if (!free[i] && slope > most) {
        best = i;
        most = slope;
      }
    }
    return best;
  }

  /** Least squares in the free columns alone, by elimination with the largest pivot. */
  private double[] unbounded() {
    int[] columns = IntStream.range(0, free.length).filter(i -> free[i]).toArray();
    int size = columns.length;
    double[][] system = new double[size][size + 1];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        system[i][j] = products[columns[i]][columns[j]];
      }
      // Columns that are all but parallel share what they explain.
      system[i][i] += TOLERANCE;
      system[i][size] = target[columns[i]];
    }
    for (int column = 0; column < size; column++) {
      eliminate(system, column);
    }
    double[] result = new double[free.length];
    for (int i = 0; i < size; i++) {
      result[columns[i]] = system[i][size] / system[i][i];
    }
    return result;
  }

  private static void eliminate(double[][] system, int column) {
    int pivot = column;
    for (int row = column + 1; row < system.length; row++) {
      if (Math.abs(system[row][column]) > Math.abs(system[pivot][column])) {
        pivot = row;
      }
    }
    double[] line = system[pivot];
    system[pivot] = system[column];
    system[column] = line;
    for (int row = 0; row < system.length; row++) {
      double factor = row == column ? 0 : system[row][column] / line[column];
      for (int i = column; i <= system.length && factor != 0; i++) {
        system[row][i] -= factor * line[i];
      }
    }
  }
}
