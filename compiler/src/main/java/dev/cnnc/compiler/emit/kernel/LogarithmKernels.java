package dev.cnnc.compiler.emit.kernel;

/** Logarithms, and the exponential as a layer of its own. */
final class LogarithmKernels {

  private LogarithmKernels() {}

  /**
   * The bits of a number less those of the root of a half are 2^23 times the exponent plus those of
   * a fraction from that root to its double; 12582912 has the exponent's unit as its last bit.
   */
  static final KernelMethod LOG =
      FunctionKernels.function(
          "log",
          """
          The natural logarithm, within 2 ULP: x is 2^n times f, from the root of a half to its
          double, and the logarithm of f a polynomial (Cephes, logf).
          """,
          """
          V t = @below(x, 1.17549435e-38f, @mul(x, 8388608f), x); // no subnormal has an exponent
          V n = @bits(t, 0x3f3504f3, shift, 23, 0x4b400000);
          n = @sub(n, @below(x, 1.17549435e-38f, @broadcast(12582935f), @broadcast(12582912f)));
          V f = @sub(@bits(t, 0x3f3504f3, mask, 0x007fffff, 0x3f3504f3), 1f);
          V s = @mul(f, f);
          V p = @broadcast(7.0376836292e-2f);
          p = @fma(p, f, @broadcast(-1.1514610310e-1f));
          p = @fma(p, f, @broadcast(1.1676998740e-1f));
          p = @fma(p, f, @broadcast(-1.2420140846e-1f));
          p = @fma(p, f, @broadcast(1.4249322787e-1f));
          p = @fma(p, f, @broadcast(-1.6668057665e-1f));
          p = @fma(p, f, @broadcast(2.0000714765e-1f));
          p = @fma(p, f, @broadcast(-2.4999993993e-1f));
          p = @fma(p, f, @broadcast(3.3333331174e-1f));
          p = @mul(@mul(p, f), s);
          p = @fma(n, @broadcast(-2.12194440e-4f), p);
          p = @fma(s, @broadcast(-0.5f), p);
          V y = @fma(n, @broadcast(0.693359375f), @add(f, p));
          y = @below(x, Float.POSITIVE_INFINITY, y, x);
          V least = @below(x, 0f, @broadcast(Float.NaN), @broadcast(Float.NEGATIVE_INFINITY));
          return @below(x, Float.MIN_VALUE, least, y);
          """);

  /** The factor takes back what {@code 1 + x} lost of x. */
  static final KernelMethod LOG_OF_ONE_PLUS =
      FunctionKernels.function(
          "logOfOnePlus",
          """
          The natural logarithm of {@code 1 + x}, x from 0 to 1: {@code log(u) * x / (u - 1)}, where u
          is {@code 1 + x} rounded (Goldberg, What every computer scientist should know, 1991).
          """,
          """
          V u = @add(x, 1f);
          V d = @sub(u, 1f);
          return @below(d, Float.MIN_NORMAL, x, @div(@mul(log(u), x), d));
          """,
          LOG);

  static final KernelMethod EXPONENTIAL =
      FunctionKernels.function(
          "exponential",
          "e to the x up to the largest float, which {@code exp} does not reach.",
          """
          V less = @above(x, 88f, @broadcast(1f), @broadcast(0f));
          V factor = @above(x, 88f, @broadcast(2.71828183f), @broadcast(1f));
          return @mul(exp(@sub(x, less)), factor);
          """,
          FunctionKernels.exp());
}
