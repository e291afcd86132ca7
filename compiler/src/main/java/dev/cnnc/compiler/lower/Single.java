package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Parsed;
import dev.cnnc.dsl.Span;
import java.util.List;
import java.util.Optional;

/** Finds statements that may occur only once in a file. */
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
    List<T> all = tree.statements().stream().filter(kind::isInstance).map(kind::cast).toList();
    if (all.isEmpty() && required && parsed.complete()) {
      problems.add(
          Code.E210,
          start(),
          Frame.ROOT,
          "the file has no " + keyword + " statement",
          keyword.equals("input") ? "write input image [3, 224, 224]" : "begin with network NAME");
    }
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

  /** The first character of the file. */
  Span start() {
    return new Span(tree.span().source(), 0, 0);
  }
}
