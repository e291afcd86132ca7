package dev.cnnc.compiler.verify;

/**
 * What an output consists of, by which its comparison says more or less.
 *
 * @param all of them
 * @param finite those that are neither infinite nor NaN
 * @param constant whether all are equal
 */
public record Numbers(int all, int finite, boolean constant) {

  static Numbers of(double[] values) {
    int finite = 0;
    boolean constant = values.length > 1;
    for (double value : values) {
      finite += Float.isFinite((float) value) ? 1 : 0;
      constant &= (float) value == (float) values[0];
    }
    return new Numbers(values.length, finite, constant);
  }
}
