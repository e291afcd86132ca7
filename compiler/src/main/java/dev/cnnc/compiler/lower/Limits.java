package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Span;
import java.util.Locale;

/**
 * Counts the cost of an expansion and stops it in time, because a text of one line can expand to a
 * million layers or recurse without end.
 */
final class Limits {

  static final int CALLS = 256;

  static final int LAYERS = 100_000;

  private static final int STEPS = 1_000_000;

  /** Most levels of brackets and blocks, for which the thread of {@link Lowering} has a stack. */
  private static final int LEVELS = 10_000;

  private final Problems problems;
  private int layers;
  private int steps;
  private int level;
  private boolean exhausted;

  Limits(Problems problems) {
    this.problems = problems;
  }

  /** Whether expansion has to end; all further values are unknown. */
  boolean exhausted() {
    return exhausted || problems.isFull();
  }

  void exhaust(Span span, Frame frame, String message, String help) {
    if (!exhausted) {
      problems.add(Code.E214, span, frame, message, help);
    }
    exhausted = true;
  }

  /** Enters a level; {@link #leave} must follow. Returns whether that is still allowed. */
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

  /** Counts a layer. */
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
