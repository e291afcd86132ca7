package dev.cnnc.dsl;

/** A statement that the grammar takes and the tree cannot hold; it never leaves the parser. */
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
