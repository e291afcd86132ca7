package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The diagnostics of one run. Equal messages about one place are kept once, because a faulty block
 * that is repeated a hundred times has one error.
 */
final class Problems {

  private static final int MOST_ERRORS = 100;

  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<Key> seen = new HashSet<>();
  private int errors;

  private record Key(Code code, String file, int start, int end, String message) {}

  void add(Code code, Span span, Frame frame, String message) {
    add(code, span, frame, message, Optional::empty);
  }

  void add(Code code, Span span, Frame frame, String message, Optional<String> help) {
    add(code, span, frame, message, () -> help);
  }

  void add(Code code, Span span, Frame frame, String message, String help) {
    add(code, span, frame, message, () -> Optional.of(help));
  }

  /** Computes the fix only if the diagnostic is new. */
  void add(Code code, Span span, Frame frame, String message, Supplier<Optional<String>> help) {
    Key key = new Key(code, span.source().name(), span.start(), span.end(), message);
    if (isFull() || !seen.add(key)) {
      return;
    }
    found.add(
        new Diagnostic(
            code.name(), code.severity(), Optional.of(span), message, frame.trail(), help.get()));
    if (code.severity() == Diagnostic.Severity.ERROR && ++errors == MOST_ERRORS) {
      found.add(
          new Diagnostic(
              Code.E200.name(),
              Diagnostic.Severity.ERROR,
              Optional.empty(),
              MOST_ERRORS + " errors: the rest is not shown",
              List.of(),
              Optional.empty()));
    }
  }

  /** Whether no more diagnostics are kept. */
  boolean isFull() {
    return errors >= MOST_ERRORS;
  }

  boolean hasErrors() {
    return errors > 0;
  }

  List<Diagnostic> found() {
    return List.copyOf(found);
  }
}
