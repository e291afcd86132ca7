package dev.cnnc.dsl;

import java.util.List;

/**
 * What parsing found: the tree of every statement that could be read, and what was wrong with the
 * others.
 *
 * <p>Invariant: a statement is either in the tree or has exactly one error among the diagnostics,
 * which are sorted by place.
 *
 * @param network the good statements; without any when the file is not readable at all
 * @param damaged what the bad statements would have defined: whoever looks for one of these names
 *     in vain should stay silent about it
 * @param diagnostics sorted by place
 */
public record Parsed(Ast.Network network, List<Ast.Name> damaged, List<Diagnostic> diagnostics) {

  /** Whether the tree is the whole file. */
  public boolean complete() {
    return diagnostics.isEmpty();
  }
}
