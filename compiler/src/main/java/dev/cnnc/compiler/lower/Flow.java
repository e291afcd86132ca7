package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Shape;

/** The value that an arrow passes on. */
sealed interface Flow {

  /** A node's output. */
  record Known(int node, Shape shape) implements Flow {}

  /** The output of a faulty layer; later layers report nothing about it. */
  record Unknown() implements Flow {}

  /** No value: the beginning of a statement. */
  record Nothing() implements Flow {}

  Flow UNKNOWN = new Unknown();

  Flow NOTHING = new Nothing();
}
