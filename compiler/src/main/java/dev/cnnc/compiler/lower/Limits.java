package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Span;
import java.util.Locale;

/**
 * Counts what an expansion costs and stops it in time: a text of one line can ask for a million
 * layers, or for ever more blocks.
 */
final class Limits {

  static final int CALLS = 256;

  static final int LAYERS = 100_000;

  private static final int STEPS = 1_000_000;

  /** The thread of {@link Lowering} has a stack for so many levels of brackets and blocks. */
  private static final int LEVELS = 10_000;

  private final Problems problems;
  private int layers;
  private int steps;
  private int level;
  private boolean exhausted;

  Limits(Problems problems) {
    this.problems = problems;
  }

  /** Whether expansion has to end: whatever comes is unknown. */
  boolean exhausted() {
    return exhausted || problems.isFull();
  }

  void exhaust(Span span, Frame frame, String message, String help) {
    if (!exhausted) {
      problems.add(Code.E214, span, frame, message, help);
    }
    exhausted = true;
  }

  /** One level deeper; to be matched by {@link #leave}. Tells whether that is still allowed. */
  boolean enter(Span span, Frame frame) {
    if (++level > LEVELS) {
      exhaust(
          span,
          frame,
          String.format(Locale.ROOT, "brackets and blocks are nested more than %,d deep", LEVELS),
          "give the inner part a name");
    } else if (++steps > STEPS) {
      exhaust(
          span,
          frame,
          String.format(Locale.ROOT, "the network takes more than %,d steps to write out", STEPS),
          "look for a repetition within a repetition");
    }
    return !exhausted();
  }

  void leave() {
    level--;
  }

  /** One layer more. */
  void layer(Span span, Frame frame) {
    if (++layers > LAYERS) {
      exhaust(
          span,
          frame,
          String.format(Locale.ROOT, "the network has more than %,d layers", LAYERS),
          "repeat less often");
    }
  }
}
