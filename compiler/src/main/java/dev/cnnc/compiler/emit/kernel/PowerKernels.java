package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Powers;
import java.util.List;

/**
 * Powers with a fixed exponent, as {@code Math.pow} has them for every number: products and roots
 * where they take few roundings, else the exponential of a logarithm.
 */
final class PowerKernels {

  /** From here on every power is 0, 1 or infinite: the float next to 1 is that far from it. */
  private static final double LARGE = 1e12;

  private static final KernelMethod EXP_OF_SUM =
      new KernelMethod(
          Role.FUNCTION,
          "e to the {@code high + low}, subnormal numbers and infinity included.",
          "V",
          "expOfSum",
          "V high, V low",
          """
          V x = atLeast(atMost(high, 100f), -120f);
          V magic = @fma(x, @broadcast(1.44269504f), @broadcast(12582912f)); // n in the low bits
          V n = @sub(magic, 12582912f);
          V r = @fma(n, @broadcast(-0.693359375f), x);
          r = @fma(n, @broadcast(2.12194440e-4f), r);
          r = @add(r, atLeast(atMost(low, 1f), -1f));
          V p = @broadcast(1.3814580635e-3f);
          p = @fma(p, r, @broadcast(8.3687294323e-3f));
          p = @fma(p, r, @broadcast(4.1668389137e-2f));
          p = @fma(p, r, @broadcast(1.6666520528e-1f));
          p = @fma(p, r, @broadcast(4.9999993441e-1f));
          p = @add(@fma(p, @mul(r, r), r), 1f);
          return scaledByPowerOfTwo(p, n);
          """,
          List.of(
              FunctionKernels.AT_LEAST,
              FunctionKernels.AT_MOST,
              new KernelMethod(
                  Role.FUNCTION,
                  "{@code x * 2^n}, n from -190 to 190, rounded once.",
                  "V",
                  "scaledByPowerOfTwo",
                  "V x, V n",
                  """
                  V less = @below(n, -64f, @broadcast(-64f), @broadcast(0f));
                  V shift = @above(n, 64f, @broadcast(64f), less);
                  V small = @below(n, -64f, @broadcast(0x1p-64f), @broadcast(1f));
                  V scale = @above(n, 64f, @broadcast(0x1p64f), small);
                  return @mul(@timesPowerOfTwo(x, @add(@sub(n, shift), 12582912f)), scale);
                  """,
                  List.of())));

  /** What a logarithm of 1 + z has beside {@code z - z * z / 2}. */
  private static final KernelMethod CUBIC_OF_LOGARITHM =
      FunctionKernels.function(
          "cubicOfLogarithm",
          "{@code log(1 + x) - x + x * x / 2}, x from -0.3 to 0.42 (Cephes, logf).",
          """
          V p = @broadcast(7.0376836292e-2f);
          p = @fma(p, x, @broadcast(-1.1514610310e-1f));
          p = @fma(p, x, @broadcast(1.1676998740e-1f));
          p = @fma(p, x, @broadcast(-1.2420140846e-1f));
          p = @fma(p, x, @broadcast(1.4249322787e-1f));
          p = @fma(p, x, @broadcast(-1.6668057665e-1f));
          p = @fma(p, x, @broadcast(2.0000714765e-1f));
          p = @fma(p, x, @broadcast(-2.4999993993e-1f));
          p = @fma(p, x, @broadcast(3.3333331174e-1f));
          return @mul(@mul(p, x), @mul(x, x));
          """);

  /** In one float the logarithm of a power of 1e38 is right to 5e-6, and so is the power. */
  private static final KernelMethod POWER_OF_SIZE =
      new KernelMethod(
          Role.FUNCTION,
          """
          x to the exponent for x above 0, within 3 ULP where that is from 1e-10 to 1e10: x is 2^n
          times 1 + z, and its logarithm the sum of two floats.
          """,
          "V",
          "powerOfSize",
          "V x, float exponent",
          """
          V t = @below(x, 1.17549435e-38f, @mul(x, 8388608f), x); // no subnormal has an exponent
          V n = @bits(t, 0x3f3504f3, shift, 23, 0x4b400000);
          n = @sub(n, @below(x, 1.17549435e-38f, @broadcast(12582935f), @broadcast(12582912f)));
          V z = @sub(@bits(t, 0x3f3504f3, mask, 0x007fffff, 0x3f3504f3), 1f);
          V square = @mul(z, z);
          V half = @mul(square, -0.5f);
          V sum = @add(z, half);
          V low = @add(@sub(half, @sub(sum, z)), cubicOfLogarithm(z));
          low = @fma(@fma(z, z, @mul(square, -1f)), @broadcast(-0.5f), low);
          V whole = @mul(n, 0.693359375f); // exact
          V all = @add(whole, sum);
          low = @add(@sub(sum, @sub(all, whole)), low);
          low = @fma(n, @broadcast(-2.12194440e-4f), low);
          V high = @add(all, low);
          low = @sub(low, @sub(high, all));
          V product = @mul(high, exponent);
          V error = @fma(high, @broadcast(exponent), @mul(product, -1f));
          return expOfSum(product, @fma(low, @broadcast(exponent), error));
          """,
          List.of(CUBIC_OF_LOGARITHM, EXP_OF_SUM));

  private PowerKernels() {}

  /**
   * The function of a power that is no formula of {@link Powers}. One that is not short is only
   * written as the epilogue of a dump: C2 does not inline it there, so each run allocates.
   */
  static KernelMethod method(String name, double exponent) {
    String doc = "x to the %s, as {@code Math.pow} has it.".formatted((float) exponent);
    double twice = 2 * exponent;
    boolean root = twice == Math.rint(twice) && exponent != Math.rint(exponent);
    if (exponent == 0) {
      return FunctionKernels.function(name, doc, "return @broadcast(1f);\n");
    }
    if (!Double.isFinite(exponent)) {
      return FunctionKernels.function(name, doc, endless(exponent));
    }
    return root && exponent > 0 && exponent < Powers.MOST_PRODUCTS
        ? FunctionKernels.function(name, doc, roots(exponent))
        : FunctionKernels.function(name, doc, general(exponent), POWER_OF_SIZE);
  }

  /** Only numbers of size 1 make something between nothing and infinity. */
  private static String endless(double exponent) {
    String small = exponent > 0 ? "0f" : "Float.POSITIVE_INFINITY";
    String large = exponent > 0 ? "Float.POSITIVE_INFINITY" : "0f";
    return Double.isNaN(exponent)
        ? "return @broadcast(Float.NaN);\n"
        : new Template(
                """
                V size = @abs(x);
                V least = @below(size, 1f, @broadcast(${small}), @broadcast(Float.NaN));
                return @above(size, 1f, @broadcast(${large}), least);
                """)
            .with("small", small)
            .with("large", large)
            .filled();
  }

  /** A root of minus infinity is none, but its power is infinite; zero loses its sign. */
  private static String roots(double exponent) {
    StringBuilder body = new StringBuilder("V t = @add(x, 0f);\nV y = @sqrt(t);\n");
    int whole = (int) exponent;
    for (int bit = 1; bit <= whole; bit *= 2) {
      body.append((whole & bit) != 0 ? "y = @mul(y, t);\n" : "");
      body.append(2 * bit <= whole ? "t = @mul(t, t);\n" : "");
    }
    body.append("return @below(x, -Float.MAX_VALUE, @broadcast(Float.POSITIVE_INFINITY), y);\n");
    return body.toString();
  }

  /** Zero, infinity and what is not a number have powers that no logarithm gives. */
  private static String general(double exponent) {
    boolean odd = Math.abs(exponent) % 2 == 1;
    boolean whole = exponent == Math.rint(exponent);
    String negative = odd ? "@mul(y, -1f)" : "@broadcast(Float.NaN)";
    String edge = odd ? "x" : "size";
    String bounded = FunctionKernels.constant(Math.clamp(exponent, -LARGE, LARGE));
    return new Template(
            """
            V size = @abs(x);
            V y = powerOfSize(size, ${exponent});
            ${negative}
            V edge = ${edge};
            y = @below(size, Float.POSITIVE_INFINITY, y, edge);
            return @below(size, Float.MIN_VALUE, edge, y);
            """)
        .with("exponent", bounded)
        .with("negative", whole && !odd ? "" : "y = @below(x, 0f, %s, y);\n".formatted(negative))
        .with("edge", exponent > 0 ? edge : "@div(@broadcast(1f), %s)".formatted(edge))
        .filled();
  }

  /**
   * As {@code Math.pow} of two floats, with the same bits everywhere. In double the error of a
   * logarithm is lost in the float; {@code StrictMath.pow} would make three arrays each time.
   */
  static final KernelMethod OF_TWO_NUMBERS =
      new KernelMethod(
          Role.FUNCTION,
          "{@code base} to the {@code exponent}, as {@code Math.pow} has it.",
          "float",
          "powerOf",
          "float base, float exponent",
          """
          if (exponent == 0f) {
            return 1f;
          }
          double size = StrictMath.exp(exponent * StrictMath.log(Math.abs(base)));
          if (Math.abs(exponent) % 2 == 1f) {
            return (float) Math.copySign(size, base);
          }
          boolean none = base < 0f && base > Float.NEGATIVE_INFINITY;
          return none && exponent != Math.rint(exponent) ? Float.NaN : (float) size;
          """,
          List.of());

  /**
   * A loop over the channels of a pixel for a power that is not short, in double as {@link
   * #OF_TWO_NUMBERS}.
   */
  static String numbers(double exponent) {
    boolean whole = exponent == Math.rint(exponent);
    boolean odd = Math.abs(exponent) % 2 == 1;
    String fraction = "number < 0 && number > Float.NEGATIVE_INFINITY ? Double.NaN : power";
    return new Template(
            """
            for (int c = 0; c < y.channels(); c++) {
              float number = arena[x0 + c];
              double power = StrictMath.exp(${exponent} * StrictMath.log(Math.abs(number)));
              arena[y0 + c] = (float) (${signed});
            }
            """)
        .with("exponent", literal(exponent))
        .with("signed", odd ? "Math.copySign(power, number)" : whole ? "power" : fraction)
        .filled();
  }

  private static String literal(double exponent) {
    if (Double.isFinite(exponent)) {
      return Double.toString(exponent);
    }
    String infinity = exponent > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY";
    return "Double." + (Double.isNaN(exponent) ? "NaN" : infinity);
  }
}
