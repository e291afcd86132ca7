package dev.cnnc.compiler.ir;

import dev.cnnc.compiler.ir.Interpolation.Coordinates;
import dev.cnnc.compiler.ir.Rearrangement.Side;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Where in the input the pixels of one side of a resize lie.
 *
 * @param wanted the length before it was rounded
 * @param exact what the side says, where places are fractions; else every operation is rounded to a
 *     float
 */
record Places(
    Side side, Coordinates coordinates, int input, Fraction wanted, Optional<Ratios> exact) {

  /** How far from the middle of two pixels ONNX Runtime takes a place for it. */
  private static final double MIDDLE = 1e-6;

  private static final BigInteger FAR = BigInteger.valueOf(1 << 30);

  /** The fractions whose nearest doubles a side has: found once for all its pixels. */
  record Ratios(Fraction factor, Fraction from, Fraction to) {

    private static Ratios of(Side side) {
      return new Ratios(
          Fraction.near(side.factor()), Fraction.near(side.from()), Fraction.near(side.to()));
    }
  }

  /**
   * A place in the input.
   *
   * @param pixel the one at or before it, which may lie outside
   * @param behind how far behind that pixel it lies, from 0 to 1
   * @param outside whether it lies before the first pixel or behind the last
   */
  record Place(int pixel, double behind, boolean outside) {}

  /**
   * Exactly where that can be: which pixel is nearest hangs on the last digit, and 9 / (18 / 14),
   * which is 7, is less in floating-point numbers. A file that divides by a float like 0.7f, which
   * is no ratio of lengths, means the quotient that ONNX Runtime computes.
   */
  static Places of(Side side, Coordinates coordinates, int input) {
    Optional<Ratios> exact = side.isExact() ? Optional.of(Ratios.of(side)) : Optional.empty();
    return new Places(side, coordinates, input, side.wanted(input), exact);
  }

  /** As engines compute them that know no fractions. */
  static Places rounded(Side side, Coordinates coordinates, int input) {
    return new Places(side, coordinates, input, side.wanted(input), Optional.empty());
  }

  Place of(int i) {
    if (exact.isPresent()) {
      Fraction place = fraction(i, exact.get());
      Fraction pixel = new Fraction(place.floor(), BigInteger.ONE);
      boolean outside =
          place.numerator().signum() < 0 || place.compareTo(Fraction.of(input - 1)) > 0;
      int near = pixel.numerator().max(FAR.negate()).min(FAR).intValue();
      return new Place(near, place.minus(pixel).doubleValue(), outside);
    }
    double place = rounded(i);
    double pixel = Math.floor(place);
    double behind = Math.abs(place - pixel - 0.5) <= MIDDLE ? 0.5 : place - pixel;
    return new Place((int) pixel, behind, place < 0 || place > input - 1);
  }

  private Fraction fraction(int i, Ratios ratios) {
    Fraction last = Fraction.of(input - 1);
    Fraction middle = Fraction.of(2L * i + 1, 2).by(ratios.factor).minus(Fraction.HALF);
    return switch (coordinates) {
      case HALF_PIXEL -> middle;
      case PYTORCH_HALF_PIXEL -> side.length() == 1 ? Fraction.of(0) : middle;
      case HALF_PIXEL_SYMMETRIC -> {
        Fraction missing = Fraction.ONE.minus(Fraction.of(side.length()).by(wanted));
        yield Fraction.of(input, 2).times(missing).plus(middle);
      }
      case ALIGN_CORNERS ->
          isOne(wanted)
              ? Fraction.of(0)
              : last.times(Fraction.of(i)).by(wanted.minus(Fraction.ONE));
      case ASYMMETRIC -> Fraction.of(i).by(ratios.factor);
      case TF_CROP_AND_RESIZE -> {
        Fraction from = ratios.from;
        Fraction to = ratios.to;
        Fraction part =
            isOne(wanted)
                ? from.plus(to).times(Fraction.HALF)
                : to.minus(from).times(Fraction.of(i)).by(wanted.minus(Fraction.ONE)).plus(from);
        yield part.times(last);
      }
    };
  }

  private static boolean isOne(Fraction wanted) {
    return wanted.compareTo(Fraction.ONE) == 0;
  }

  /** In the order of operations of ONNX Runtime, but for lengths that are not whole. */
  private float rounded(int i) {
    float factor = (float) side.factor();
    float wanted = this.wanted.floatValue();
    float last = input - 1;
    float middle = (i + 0.5f) / factor - 0.5f;
    return switch (coordinates) {
      case HALF_PIXEL -> middle;
      case PYTORCH_HALF_PIXEL -> side.length() == 1 ? 0 : middle;
      case HALF_PIXEL_SYMMETRIC -> {
        float missing = input / 2f * (1 - side.length() / (factor * input));
        yield (float) (missing + (i + 0.5) / factor - 0.5);
      }
      case ALIGN_CORNERS -> wanted == 1 ? 0 : i * last / (wanted - 1);
      case ASYMMETRIC -> i / factor;
      case TF_CROP_AND_RESIZE -> {
        float from = (float) side.from();
        float to = (float) side.to();
        yield wanted == 1
            ? (float) (0.5 * (from + to) * last)
            : from * last + i * (to - from) * last / (wanted - 1);
      }
    };
  }
}
