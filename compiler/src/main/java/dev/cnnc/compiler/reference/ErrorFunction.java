package dev.cnnc.compiler.reference;

/**
 * The error function to within 2e-15 relative.
 *
 * <p>Abramowitz and Stegun 7.1.6 (DLMF 7.6.2): {@code erf x = 2 / sqrt(pi) * exp(-x^2) * sum over n
 * of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1))}. All terms have one sign, so nothing cancels.
 */
final class ErrorFunction {

  /** {@code 1 - erf 6} is 2e-17: less than half a unit in the last place of 1. */
  private static final double ONE_FROM = 6;

  private ErrorFunction() {}

  static double of(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (Math.abs(x) >= ONE_FROM) {
      return Math.signum(x);
    }
    double square = x * x;
    double term = x;
    double sum = 0;
    for (int odd = 3; sum + term != sum; odd += 2) {
      sum += term;
      term *= 2 * square / odd;
    }
    // The rounding of the square would be multiplied by the square itself: it is taken back.
    double lost = Math.fma(x, x, -square);
    return 2 / Math.sqrt(Math.PI) * Math.exp(-square) * (1 - lost) * sum;
  }
}
