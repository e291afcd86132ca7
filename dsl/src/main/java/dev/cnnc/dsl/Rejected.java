package dev.cnnc.dsl;

/** Thrown for a statement that fits the grammar but not the tree; never leaves the parser. */
final class Rejected extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Diagnostic diagnostic;

  Rejected(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
