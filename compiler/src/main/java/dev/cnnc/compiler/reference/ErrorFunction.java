package dev.cnnc.compiler.reference;

/**
 * The error function to within 2e-15 relative.
 *
 * <p>Near zero the series of Abramowitz and Stegun 7.1.6: {@code erf x = 2 / sqrt(pi) * exp(-x^2) *
 * sum over n of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1))}, whose terms have one sign, so that nothing
 * cancels. Far from it {@code 1 - erfc x} by their continued fraction 7.1.14: {@code erfc x =
 * exp(-x^2) / sqrt(pi) * 1 / (x + (1/2) / (x + (2/2) / (x + (3/2) / (x + ...))))}.
 */
final class ErrorFunction {

  /** Here {@code erfc} is 2e-5: its own error hardly counts any more. */
  private static final double FAR = 3;

  /** At {@link #FAR}, enough for 1e-12 relative. */
  private static final int FRACTIONS = 60;

  private ErrorFunction() {}

  static double of(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    return Math.abs(x) < FAR ? series(x) : Math.copySign(1 - complement(Math.abs(x)), x);
  }

  private static double series(double x) {
    double square = x * x;
    double term = x;
    double sum = 0;
    for (int odd = 3; sum + term != sum; odd += 2) {
      sum += term;
      term *= 2 * square / odd;
    }
    // Rounding the square makes an error as large as the square in the power: it is taken back.
    double lost = Math.fma(x, x, -square);
    return 2 / Math.sqrt(Math.PI) * Math.exp(-square) * (1 - lost) * sum;
  }

  private static double complement(double x) {
    double fraction = x;
    for (int halves = FRACTIONS; halves > 0; halves--) {
      fraction = x + halves / 2.0 / fraction;
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
  }
}
