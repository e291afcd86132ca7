package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Diagnostic.Severity;

/** Every finding of lowering, one number a kind: E for what stops, W for what only warns. */
enum Code {
  /** So many errors that the rest is not worth reading. */
  E200,
  /** A name that nothing has. */
  E201,
  /** An argument that is missing, unknown, given twice, or one too many. */
  E202,
  /** An argument or a condition of the wrong kind or outside its range. */
  E203,
  /** Shapes that do not go together. */
  E204,
  /** A value that is used before it is defined. */
  E205,
  /** A name that means something already. */
  E206,
  /** The same thing defined twice. */
  E207,
  /** Arithmetic without a result: overflow, division by zero, operands of the wrong kind. */
  E208,
  /** A number where a layer must stand, or the other way round. */
  E209,
  /** A statement that every file needs. */
  E210,
  /** A statement that may stand in a file once. */
  E211,
  /** A layer into which no value flows. */
  E212,
  /** A value in the middle of a chain: what flows in would be lost. */
  E213,
  /** More layers, calls or nesting than the limits allow. */
  E214,
  /** Two tensors of one name. */
  E216,
  /** A label that cannot be part of a tensor's name. */
  E217,
  /** Channels, height, width or index where there are none. */
  E218,
  /** A preprocess clause that makes no input. */
  E219,
  /** Labels that cannot be read. */
  E220,
  /** A weights clause that names nothing. */
  E221,
  /** A storage format for weights that there is not. */
  E222,
  /** A value that nobody uses. */
  W230,
  /** Labels that are not as many as the numbers of the output. */
  W231,
  /** A budget, which is not checked yet. */
  W232,
  /** An output that is an fc of every pixel: a flatten was probably forgotten. */
  W234,
  /** A conv with the channels that come in as its first argument, as PyTorch writes them. */
  W235;

  Severity severity() {
    return name().startsWith("E") ? Severity.ERROR : Severity.WARNING;
  }
}
