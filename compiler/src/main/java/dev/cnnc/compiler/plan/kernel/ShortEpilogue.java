package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Arithmetic;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Powers;
import dev.cnnc.compiler.ir.Trigonometry;

/**
 * Counts the operations of an activation, each of which is a statement behind the accumulators of a
 * hot loop: C2 keeps vectors in registers only while that method is small and calls nothing.
 */
public final class ShortEpilogue implements Arithmetic<Integer> {
  /** Statements that sixteen accumulators of a tile may have each. */
  private static final int FEW = 4;

  private int operations;

  private ShortEpilogue() {}

  /** Whether {@code epilogue} is done in registers. */
  public static boolean is(Epilogue epilogue) {
    ShortEpilogue count = new ShortEpilogue();
    epilogue.activation().of(0, count);
    return count.operations <= FEW;
  }

  private int operation() {
    operations++;
    return operations;
  }

  /** A function of several statements is a call. */
  private int call() {
    operations += FEW + 1;
    return operations;
  }

  @Override
  public Integer constant(double value) {
    return 0;
  }

  @Override
  public Integer add(Integer a, Integer b) {
    return operation();
  }

  @Override
  public Integer multiply(Integer a, Integer b) {
    return operation();
  }

  @Override
  public Integer divide(Integer a, Integer b) {
    return operation();
  }

  @Override
  public Integer max(Integer a, Integer b) {
    return operation();
  }

  @Override
  public Integer min(Integer a, Integer b) {
    return operation();
  }

  @Override
  public Integer abs(Integer x) {
    return operation();
  }

  @Override
  public Integer sqrt(Integer x) {
    return operation();
  }

  @Override
  public Integer round(Integer x) {
    return call();
  }

  /** A quotient, two bounds, and a sum and a difference that round. */
  @Override
  public Integer steps(Integer x, double scale, double least, double most) {
    operations += 4;
    return operation();
  }

  @Override
  public Integer above(Integer x, double bound) {
    return operation();
  }

  @Override
  public Integer power(Integer x, double exponent) {
    return Powers.isProduct(exponent) ? Powers.product(x, exponent, this) : call();
  }

  @Override
  public Integer exp(Integer x) {
    return call();
  }

  @Override
  public Integer tanh(Integer x) {
    return call();
  }

  @Override
  public Integer erf(Integer x) {
    return call();
  }

  @Override
  public Integer log(Integer x) {
    return call();
  }

  @Override
  public Integer trigonometry(Trigonometry function, Integer x) {
    return call();
  }

  @Override
  public Integer logOfOnePlus(Integer x) {
    return call();
  }
}
