package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Trigonometry;

/** Sines, arcs, and what is made of exponentials and logarithms where a formula would lose bits. */
final class TrigonometryKernels {

  private TrigonometryKernels() {}

  /**
   * The first step loses nothing: both numbers are multiples of 2^-23 and what is left of them is
   * below 2. A sine near 0 is its argument, -0 too.
   */
  private static final Template TURNED =
      new Template(
          """
          V magic = @fma(x, @broadcast(0.63661975f), @broadcast(12582912f)); // n in the low bits
          V n = @sub(magic, 12582912f);
          V r = @fma(n, @broadcast(-1.5707963f), x);
          r = @fma(n, @broadcast(-7.5497894e-8f), r);
          r = @fma(n, @broadcast(-5.3903025e-15f), r);
          V s = @mul(r, r);
          V odd = @broadcast(-1.9515296e-4f);
          odd = @fma(odd, s, @broadcast(8.332161e-3f));
          odd = @fma(odd, s, @broadcast(-1.6666655e-1f));
          odd = @fma(odd, @mul(s, r), r);
          V even = @broadcast(2.4433157e-5f);
          even = @fma(even, s, @broadcast(-1.3887316e-3f));
          even = @fma(even, s, @broadcast(4.1666646e-2f));
          even = @fma(@fma(even, s, @broadcast(-0.5f)), s, @broadcast(1f));
          V side = @bits(magic, ${turn}, mask, 1, 0x3f800000);
          V half = @bits(magic, ${turn}, mask, 2, 0x3f800000);
          V y = @above(side, 1f, even, odd);
          y = @above(half, 1f, @mul(y, -1f), y);
          ${small}
          return @below(@abs(x), 1048576f, y, @broadcast(Float.NaN));
          """);

  private static final String REDUCED =
      ": x less n right angles, of which the last two bits of n choose the polynomial and the sign"
          + " (Cephes, sinf). From 2^20 on NaN.";

  private static final KernelMethod SIN =
      FunctionKernels.function(
          "sin",
          "The sine, within 2 ULP" + REDUCED,
          TURNED.with("turn", 0).with("small", "y = @below(@abs(x), 0x1p-12f, x, y);\n").filled());

  private static final KernelMethod COS =
      FunctionKernels.function(
          "cos",
          "The cosine, within 2 ULP" + REDUCED,
          TURNED.with("turn", -1).with("small", "").filled());

  private static final KernelMethod ATAN =
      FunctionKernels.function(
          "atan",
          """
          The arc of a tangent, within 2.5 ULP: no, one or two eighths of a turn more than the arc of
          z, which lies within 0.4142 (Cephes, atanf).
          """,
          """
          V size = @abs(x);
          V middle = @sub(size, 1f);
          V over = @above(size, 0.41421357f, middle, size);
          over = @above(size, 2.4142137f, @broadcast(-1f), over);
          V under = @above(size, 0.41421357f, @add(size, 1f), @broadcast(1f));
          under = @above(size, 2.4142137f, size, under);
          V z = @div(over, under);
          V s = @mul(z, z);
          V p = @broadcast(8.053744e-2f);
          p = @fma(p, s, @broadcast(-1.3877685e-1f));
          p = @fma(p, s, @broadcast(1.9977711e-1f));
          p = @fma(p, s, @broadcast(-3.3332949e-1f));
          V arc = @fma(p, @mul(s, z), z);
          V more = @above(size, 0.41421357f, @broadcast(-2.1855694e-8f), @broadcast(0f));
          more = @above(size, 2.4142137f, @broadcast(-4.371139e-8f), more);
          V eighths = @above(size, 0.41421357f, @broadcast(0.7853982f), @broadcast(0f));
          eighths = @above(size, 2.4142137f, @broadcast(1.5707964f), eighths);
          V sign = @bits(x, 0, mask, 0x80000000, 0x3f800000);
          return @mul(@add(eighths, @add(arc, more)), sign);
          """);

  /** The exponential of 2 less reaches infinity where half of the exponential does. */
  private static final KernelMethod SINH =
      FunctionKernels.function(
          "sinh",
          """
          The hyperbolic sine, within 3 ULP: a polynomial up to 1 (Cephes, sinhf), from there half
          of the difference of two exponentials.
          """,
          """
          V size = @abs(x);
          V h = @mul(exp(@sub(size, 2f)), 3.6945281f);
          V large = @sub(h, @div(@broadcast(0.25f), h));
          V s = @mul(size, size);
          V p = @broadcast(2.0372e-4f);
          p = @fma(p, s, @broadcast(8.3302837e-3f));
          p = @fma(p, s, @broadcast(1.6666716e-1f));
          V small = @fma(p, @mul(s, size), size);
          V sign = @bits(x, 0, mask, 0x80000000, 0x3f800000);
          return @mul(@above(size, 1f, large, small), sign);
          """,
          FunctionKernels.exp());

  private static final KernelMethod COSH =
      FunctionKernels.function(
          "cosh",
          "The hyperbolic cosine, within 3 ULP: half of the sum of two exponentials.",
          """
          V h = @mul(exp(@sub(@abs(x), 2f)), 3.6945281f);
          return @add(h, @div(@broadcast(0.25f), h));
          """,
          FunctionKernels.exp());

  /** What lies beyond 1e9 is taken as a factor, whose logarithm is added. */
  private static final KernelMethod ASINH =
      FunctionKernels.function(
          "asinh",
          """
          The number whose hyperbolic sine is x, within 4 ULP: the logarithm of 1 + (size + size *
          size / (1 + sqrt(1 + size * size))), which is exact for small numbers.
          """,
          """
          V size = @abs(x);
          V t = atMost(size, 1e9f);
          V root = @add(@sqrt(@fma(t, t, @broadcast(1f))), 1f);
          V y = logOfOnePlus(@fma(t, @div(t, root), t));
          V beyond = @above(size, 1e9f, log(@mul(size, 1e-9f)), @broadcast(0f));
          V sign = @bits(x, 0, mask, 0x80000000, 0x3f800000);
          return @mul(@add(y, beyond), sign);
          """,
          FunctionKernels.AT_MOST,
          LogarithmKernels.LOG,
          LogarithmKernels.LOG_OF_ONE_PLUS);

  private static final KernelMethod ACOSH =
      FunctionKernels.function(
          "acosh",
          """
          The number whose hyperbolic cosine is x, within 4 ULP: the logarithm of 1 + (t + sqrt(t) *
          sqrt(t + 2)), where t is x - 1.
          """,
          """
          V t = @sub(atMost(x, 1e9f), 1f);
          V y = logOfOnePlus(@fma(@sqrt(t), @sqrt(@add(t, 2f)), t));
          V beyond = @above(x, 1e9f, log(@mul(x, 1e-9f)), @broadcast(0f));
          return @add(y, beyond);
          """,
          FunctionKernels.AT_MOST,
          LogarithmKernels.LOG,
          LogarithmKernels.LOG_OF_ONE_PLUS);

  private static final KernelMethod ATANH =
      FunctionKernels.function(
          "atanh",
          """
          The number whose hyperbolic tangent is x, within 4 ULP: half of the logarithm of 1 + 2
          size / (1 - size).
          """,
          """
          V size = @abs(x);
          V left = @sub(@broadcast(1f), size);
          V y = @mul(logOfOnePlus(@div(@add(size, size), left)), 0.5f);
          V none = @div(@broadcast(1f), @sqrt(left)); // infinity at 1, NaN beyond
          V sign = @bits(x, 0, mask, 0x80000000, 0x3f800000);
          return @mul(@below(size, 1f, y, none), sign);
          """,
          LogarithmKernels.LOG_OF_ONE_PLUS);

  static KernelMethod of(Trigonometry function) {
    return switch (function) {
      case SIN -> SIN;
      case COS -> COS;
      case ATAN -> ATAN;
      case SINH -> SINH;
      case COSH -> COSH;
      case ASINH -> ASINH;
      case ACOSH -> ACOSH;
      case ATANH -> ATANH;
    };
  }
}
