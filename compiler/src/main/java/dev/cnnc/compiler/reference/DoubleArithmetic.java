package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Arithmetic;

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
