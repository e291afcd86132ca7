package dev.cnnc.compiler.lower;

import java.util.List;
import java.util.stream.Stream;

/**
 * The text of {@code docs/language.md} about a layer or combinator.
 *
 * <p>Invariant: a test lowers every case and finds these shapes and these tensors.
 *
 * @param does sentences about an element x of the input
 * @param cases at least one
 */
record Manual(String does, List<Case> cases) {

  Manual {
    cases = List.copyOf(cases);
  }

  /**
   * An example of a call. Sides are expressions of c, h, w, the arguments, rows and columns of a
   * size, and h_out and w_out from the rule for windows.
   *
   * @param shape of the output; empty if only an example can tell
   * @param tensors stored tensors, each with the end of its name and its sides
   */
  record Case(String example, String shape, List<String> tensors) {
    Case {
      tensors = List.copyOf(tensors);
    }
  }

  static Manual of(String does, String example, String shape, String... tensors) {
    return new Manual(does, List.of(new Case(example, shape, List.of(tensors))));
  }

  /** The same manual with one more case. */
  Manual or(String example, String shape, String... tensors) {
    return new Manual(
        does,
        Stream.concat(cases.stream(), Stream.of(new Case(example, shape, List.of(tensors))))
            .toList());
  }
}
