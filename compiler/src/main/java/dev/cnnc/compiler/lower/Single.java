package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Parsed;
import dev.cnnc.dsl.Span;
import java.util.List;
import java.util.Optional;

/** Finds the statements of a kind, which may occur only once in a file or must occur. */
final class Single {

  private final Problems problems;
  private final Parsed parsed;
  private final Ast.Network tree;

  Single(Problems problems, Parsed parsed) {
    this.problems = problems;
    this.parsed = parsed;
    this.tree = parsed.network();
  }

  /**
   * The statement of this kind. A second one is an error, and so is a missing one if it is
   * required.
   */
  <T extends Ast.Statement> Optional<T> find(Class<T> kind, String keyword, boolean required) {
    List<T> all = required ? all(kind, keyword) : all(kind);
    all.stream()
        .skip(1)
        .forEach(
            second ->
                problems.add(
                    Code.E211,
                    second.span(),
                    Frame.ROOT,
                    "a file has one %s statement; the first one is at %s"
                        .formatted(keyword, all.getFirst().span())));
    return all.stream().findFirst();
  }

  /** The statements of this kind; it is an error if there is none. */
  <T extends Ast.Statement> List<T> all(Class<T> kind, String keyword) {
    List<T> all = all(kind);
    if (all.isEmpty() && parsed.complete()) {
      problems.add(
          Code.E210,
          start(),
          Frame.ROOT,
          "the file has no " + keyword + " statement",
          keyword.equals("input") ? "write input image [3, 224, 224]" : "begin with network NAME");
    }
    return all;
  }

  /** The statements of this kind. */
  <T extends Ast.Statement> List<T> all(Class<T> kind) {
    return tree.statements().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The first character of the file. */
  Span start() {
    return new Span(tree.span().source(), 0, 0);
  }
}
