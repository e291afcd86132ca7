package dev.cnnc.dsl;

import java.util.List;

/**
 * The result of parsing: the tree of every correct statement, and the errors of the others.
 *
 * <p>Invariant: a statement is either in the tree or has exactly one error among the diagnostics,
 * which are sorted by place.
 *
 * @param network the correct statements; none if the file is not readable at all
 * @param damaged names that the faulty statements would have defined; a search for one of these
 *     names must not report an error
 * @param diagnostics sorted by place
 */
public record Parsed(Ast.Network network, List<Ast.Name> damaged, List<Diagnostic> diagnostics) {

  /** Whether the tree is the whole file. */
  public boolean complete() {
    return diagnostics.isEmpty();
  }
}
