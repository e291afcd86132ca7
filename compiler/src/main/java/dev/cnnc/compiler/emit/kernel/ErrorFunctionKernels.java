package dev.cnnc.compiler.emit.kernel;

/** The error function, and gelu, which has a minimax of its own. */
final class ErrorFunctionKernels {

  private ErrorFunctionKernels() {}

  static final KernelMethod ERF =
      FunctionKernels.function(
          "erf",
          "The error function by a rational minimax on [-4, 4], as in Eigen and XLA.",
          """
          V t = atLeast(atMost(x, 4f), -4f);
          V s = @mul(t, t);
          V p = @broadcast(-2.72614225801306e-10f);
          p = @fma(p, s, @broadcast(2.77068142495902e-08f));
          p = @fma(p, s, @broadcast(-2.10102402082508e-06f));
          p = @fma(p, s, @broadcast(-5.69250639462346e-05f));
          p = @fma(p, s, @broadcast(-7.34990630326855e-04f));
          p = @fma(p, s, @broadcast(-2.95459980854025e-03f));
          p = @fma(p, s, @broadcast(-1.60960333262415e-02f));
          V q = @broadcast(-1.45660718464996e-05f);
          q = @fma(q, s, @broadcast(-2.13374055278905e-04f));
          q = @fma(q, s, @broadcast(-1.68282697438203e-03f));
          q = @fma(q, s, @broadcast(-7.37332916720468e-03f));
          q = @fma(q, s, @broadcast(-1.42647390514189e-02f));
          return @div(@mul(t, p), q);
          """,
          FunctionKernels.AT_LEAST,
          FunctionKernels.AT_MOST);

  /**
   * By the size of x, which has one bound where x has two: its bits are compared as integers, and
   * what that loses, NaN, the last sum brings back. At the bound h is a half exactly, so that large
   * numbers stay what they are and those far below zero become zero, as -0 does. Polynomials of t *
   * t - 4 round less than those of t * t.
   */
  static final KernelMethod GELU =
      FunctionKernels.function(
          "gelu",
          """
          x / 2 + |x| h, where h is half the error function of |x| / sqrt 2, by a rational minimax
          of our own on [0, 5.4]. Within 2.3 ULP above zero.
          """,
          """
          V size = @abs(x);
          V t = @leastBits(size, 0x40aba4f5); // 5.3638864
          V s = @fma(t, t, @broadcast(-4f));
          V p = @broadcast(3.985056e-11f);
          p = @fma(p, s, @broadcast(-6.4547687e-09f));
          p = @fma(p, s, @broadcast(8.610502e-07f));
          p = @fma(p, s, @broadcast(6.3617495e-05f));
          p = @fma(p, s, @broadcast(0.0021127916f));
          p = @fma(p, s, @broadcast(0.025165945f));
          p = @fma(p, s, @broadcast(0.20198067f));
          V q = @broadcast(1.81902e-05f);
          q = @fma(q, s, @broadcast(0.0008504692f));
          q = @fma(q, s, @broadcast(0.017606974f));
          q = @fma(q, s, @broadcast(0.18732765f));
          q = @fma(q, s, @broadcast(0.84643567f));
          V h = @div(@mul(t, p), q);
          return @fma(size, h, @mul(x, 0.5f));
          """);
}
