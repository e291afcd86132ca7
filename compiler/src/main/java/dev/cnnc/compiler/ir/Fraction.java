package dev.cnnc.compiler.ir;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact number.
 *
 * @param denominator above 0; it may have factors in common with the numerator
 */
public record Fraction(BigInteger numerator, BigInteger denominator)
    implements Comparable<Fraction> {

  public static final Fraction ONE = of(1);
  public static final Fraction HALF = of(1, 2);

  public static Fraction of(long number) {
    return of(number, 1);
  }

  /** {@code denominator} is above 0. */
  public static Fraction of(long numerator, long denominator) {
    return new Fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * The simplest fraction of which {@code number} is the nearest double: 1/3 of 0.3333333333333333,
   * 7/10 of 0.7. Any ratio of two lengths is found again: the convergents of a continued fraction
   * are the best of their size.
   *
   * @param number finite
   */
  public static Fraction near(double number) {
    BigDecimal exact = new BigDecimal(number);
    BigInteger above = exact.unscaledValue();
    BigInteger below = BigInteger.ONE;
    if (exact.scale() >= 0) {
      below = BigInteger.TEN.pow(exact.scale());
    } else {
      above = above.multiply(BigInteger.TEN.pow(-exact.scale()));
    }
    Fraction before = new Fraction(BigInteger.ZERO, BigInteger.ONE);
    Fraction convergent = new Fraction(BigInteger.ONE, BigInteger.ZERO);
    while (below.signum() != 0) {
      BigInteger whole = floor(above, below);
      Fraction next =
          new Fraction(
              whole.multiply(convergent.numerator).add(before.numerator),
              whole.multiply(convergent.denominator).add(before.denominator));
      before = convergent;
      convergent = next;
      if (convergent.doubleValue() == number) {
        return convergent;
      }
      BigInteger rest = above.subtract(whole.multiply(below));
      above = below;
      below = rest;
    }
    return convergent;
  }

  public Fraction plus(Fraction other) {
    return new Fraction(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public Fraction minus(Fraction other) {
    return plus(new Fraction(other.numerator.negate(), other.denominator));
  }

  public Fraction times(Fraction other) {
    return new Fraction(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /** {@code other} is not 0. */
  public Fraction by(Fraction other) {
    Fraction quotient =
        new Fraction(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    return quotient.denominator.signum() < 0
        ? new Fraction(quotient.numerator.negate(), quotient.denominator.negate())
        : quotient;
  }

  /** The largest whole number that is not above. */
  public BigInteger floor() {
    return floor(numerator, denominator);
  }

  private static BigInteger floor(BigInteger above, BigInteger below) {
    BigInteger[] parts = above.divideAndRemainder(below);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** Rounded once where both parts are exact as doubles. */
  public double doubleValue() {
    return numerator.doubleValue() / denominator.doubleValue();
  }

  public float floatValue() {
    return (float) doubleValue();
  }

  /** Not consistent with equals: 1/2 and 2/4 are not equal. */
  @Override
  public int compareTo(Fraction other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }
}
