package dev.cnnc.compiler.predict;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Arithmetic;
import dev.cnnc.compiler.ir.Powers;
import dev.cnnc.compiler.ir.Trigonometry;

/**
 * Counts what a vector goes through in an activation: one for each instruction, and for a function
 * about as many as its polynomial has.
 */
final class Operations implements Arithmetic<Integer> {
  private static final int DIVISION = 8;
  private static final int SQUARE_ROOT = 10;
  private static final int EXPONENTIAL = 14;
  private static final int HYPERBOLIC_TANGENT = 20;
  private static final int ERROR_FUNCTION = 30;
  private static final int LOGARITHM = 20;
  private static final int POWER = 40;
  private static final int TRIGONOMETRY = 30;

  private int operations;

  private Operations() {}

  static int of(Activation activation) {
    Operations count = new Operations();
    activation.of(0, count);
    return count.operations;
  }

  private int take(int more) {
    operations += more;
    return operations;
  }

  @Override
  public Integer constant(double value) {
    return 0;
  }

  @Override
  public Integer add(Integer a, Integer b) {
    return take(1);
  }

  @Override
  public Integer multiply(Integer a, Integer b) {
    return take(1);
  }

  @Override
  public Integer divide(Integer a, Integer b) {
    return take(DIVISION);
  }

  @Override
  public Integer max(Integer a, Integer b) {
    return take(1);
  }

  @Override
  public Integer min(Integer a, Integer b) {
    return take(1);
  }

  @Override
  public Integer abs(Integer x) {
    return take(1);
  }

  @Override
  public Integer sqrt(Integer x) {
    return take(SQUARE_ROOT);
  }

  @Override
  public Integer round(Integer x) {
    return take(2);
  }

  @Override
  public Integer steps(Integer x, double scale, double least, double most) {
    return take(DIVISION + 4);
  }

  @Override
  public Integer above(Integer x, double bound) {
    return take(2);
  }

  @Override
  public Integer power(Integer x, double exponent) {
    return Powers.isProduct(exponent) ? Powers.product(x, exponent, this) : take(POWER);
  }

  @Override
  public Integer exp(Integer x) {
    return take(EXPONENTIAL);
  }

  @Override
  public Integer tanh(Integer x) {
    return take(HYPERBOLIC_TANGENT);
  }

  @Override
  public Integer erf(Integer x) {
    return take(ERROR_FUNCTION);
  }

  @Override
  public Integer log(Integer x) {
    return take(LOGARITHM);
  }

  @Override
  public Integer trigonometry(Trigonometry function, Integer x) {
    return take(TRIGONOMETRY);
  }

  @Override
  public Integer logOfOnePlus(Integer x) {
    return take(LOGARITHM);
  }
}
