package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Arithmetic;
import dev.cnnc.compiler.ir.Trigonometry;

/** Activations as numbers, in double. */
record DoubleArithmetic() implements Arithmetic<Double> {

  @Override
  public Double constant(double value) {
    return value;
  }

  @Override
  public Double add(Double a, Double b) {
    return a + b;
  }

  @Override
  public Double multiply(Double a, Double b) {
    return a * b;
  }

  @Override
  public Double divide(Double a, Double b) {
    return a / b;
  }

  @Override
  public Double max(Double a, Double b) {
    return Math.max(a, b);
  }

  @Override
  public Double min(Double a, Double b) {
    return Math.min(a, b);
  }

  @Override
  public Double exp(Double x) {
    return Math.exp(x);
  }

  @Override
  public Double tanh(Double x) {
    return Math.tanh(x);
  }

  @Override
  public Double erf(Double x) {
    return ErrorFunction.of(x);
  }

  @Override
  public Double abs(Double x) {
    return Math.abs(x);
  }

  @Override
  public Double sqrt(Double x) {
    return Math.sqrt(x);
  }

  @Override
  public Double power(Double x, double exponent) {
    return Math.pow(x, exponent);
  }

  @Override
  public Double log(Double x) {
    return Math.log(x);
  }

  @Override
  public Double trigonometry(Trigonometry function, Double x) {
    return switch (function) {
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case ATAN -> Math.atan(x);
      case SINH -> Math.sinh(x);
      case COSH -> Math.cosh(x);
      case ASINH -> {
        double size = Math.abs(x);
        double more = size * (size / (1 + Math.sqrt(size * size + 1)));
        yield Math.copySign(Double.isInfinite(size) ? size : Math.log1p(size + more), x);
      }
      case ACOSH -> Math.log1p(x - 1 + Math.sqrt(x - 1) * Math.sqrt(x + 1));
      case ATANH -> {
        double size = Math.abs(x);
        yield Math.copySign(Math.log1p(2 * size / (1 - size)) / 2, x);
      }
    };
  }

  @Override
  public Double logOfOnePlus(Double x) {
    return Math.log1p(x);
  }

  @Override
  public Double round(Double x) {
    return Math.rint(x);
  }

  /** Numbers are floats where models round them, so a quotient in double would be wrong. */
  @Override
  public Double steps(Double x, double scale, double least, double most) {
    float quotient = (float) (double) x / (float) scale;
    return Math.min(Math.max(Math.rint(quotient), least), most);
  }

  @Override
  public Double above(Double x, double bound) {
    return x > bound ? x : 0.0;
  }
}
