package dev.cnnc.compiler.lower;

import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code docs/language.md} says of a layer or combinator.
 *
 * <p>Invariant: a test lowers every case and finds these shapes and these tensors.
 *
 * @param does sentences about an element x of what flows in
 * @param cases at least one
 */
record Manual(String does, List<Case> cases) {

  Manual {
    cases = List.copyOf(cases);
  }

  /**
   * One way to call it. Sides are expressions of c, h, w, the arguments, rows and columns of a
   * size, and h_out and w_out, which the rule for windows gives.
   *
   * @param shape what comes out; empty where only an example can tell
   * @param tensors stored ones, each the end of its name and its sides
   */
  record Case(String example, String shape, List<String> tensors) {
    Case {
      tensors = List.copyOf(tensors);
    }
  }

  static Manual of(String does, String example, String shape, String... tensors) {
    return new Manual(does, List.of(new Case(example, shape, List.of(tensors))));
  }

  /** The same with one case more. */
  Manual or(String example, String shape, String... tensors) {
    return new Manual(
        does,
        Stream.concat(cases.stream(), Stream.of(new Case(example, shape, List.of(tensors))))
            .toList());
  }
}
