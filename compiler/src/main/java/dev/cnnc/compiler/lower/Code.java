package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Diagnostic.Severity;

/** The kinds of errors (E) and warnings (W) of lowering. */
enum Code {
  /** A hundred errors; the rest is not reported. */
  E200,
  /** An unknown name. */
  E201,
  /** An argument that is missing, unknown, given twice, or one too many. */
  E202,
  /** An argument or a condition of the wrong kind or outside its range. */
  E203,
  /** Shapes that do not match. */
  E204,
  /** A value that is used before it is defined. */
  E205,
  /** A name that the language already uses. */
  E206,
  /** The same thing defined twice. */
  E207,
  /** Arithmetic without a result: overflow, division by zero, operands of the wrong kind. */
  E208,
  /** A number in the place of a layer, or a layer in the place of a number. */
  E209,
  /** A missing statement that every file needs. */
  E210,
  /** A second statement of a kind that may occur only once. */
  E211,
  /** A layer without an input. */
  E212,
  /** A value in the middle of a chain, where it would discard its input. */
  E213,
  /** More layers, calls or nesting than the limits allow. */
  E214,
  /** Two tensors with one name. */
  E216,
  /** A label that cannot be part of a tensor's name. */
  E217,
  /** Channels, height, width or index in a place without a value or a repetition. */
  E218,
  /** A preprocess clause whose result is not the input. */
  E219,
  /** Unreadable labels. */
  E220,
  /** A weights clause without a source. */
  E221,
  /** An unknown storage format for weights. */
  E222,
  /** A file outside of the project. */
  E223,
  /** A preprocess clause without a name, in a network of several inputs. */
  E224,
  /** A limit of a budget that cannot be checked. */
  E225,
  /** A file that cannot be used. */
  E226,
  /** Files that use each other in a circle. */
  E227,
  /** A file of blocks alone, where a network is needed. */
  E228,
  /** A detect, segment, embed or read clause that is wrong, or that the outputs do not fit. */
  E229,
  /** An unused value or block. */
  W230,
  /** A number of labels that differs from the size of the output. */
  W231,
  /** An output from an fc on every pixel: probably a forgotten flatten. */
  W234,
  /** A conv with the input channels as its first argument, as in PyTorch. */
  W235;

  Severity severity() {
    return name().startsWith("E") ? Severity.ERROR : Severity.WARNING;
  }
}
