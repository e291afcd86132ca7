package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Shape;

/** What flows along an arrow. */
sealed interface Flow {

  /** A node's output. */
  record Known(int node, Shape shape) implements Flow {}

  /** What a faulty layer gives; it silences all that follows. */
  record Unknown() implements Flow {}

  /** At the beginning of a statement: there is nothing yet. */
  record Nothing() implements Flow {}

  Flow UNKNOWN = new Unknown();

  Flow NOTHING = new Nothing();
}
