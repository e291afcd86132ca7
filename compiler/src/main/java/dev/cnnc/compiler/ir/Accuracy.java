package dev.cnnc.compiler.ir;

/** How well a function is computed in float, from best to worst. */
public enum Accuracy {
  /** Chooses numbers, or changes their sign. */
  EXACT,

  /** A few roundings. */
  ROUNDED,

  /** An exponential, a logarithm or an error function, and what is made of it. */
  FUNCTION,

  /** A whole number of steps: exact, but another step where a rounding before it differs. */
  STEP,

  /** The exponential of a product, which makes its rounding relative. */
  SUM
}
