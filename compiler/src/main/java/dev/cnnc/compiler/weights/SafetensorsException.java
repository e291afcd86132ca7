package dev.cnnc.compiler.weights;

import dev.cnnc.dsl.Diagnostic;
import java.io.Serial;

/** Thrown for an unusable weights file, with a diagnostic for the user. */
public final class SafetensorsException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  SafetensorsException(Diagnostic diagnostic) {
    super(diagnostic.message());
    this.diagnostic = diagnostic;
  }

  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
