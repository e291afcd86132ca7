package dev.cnnc.dsl;

import java.util.List;
import java.util.Optional;

/**
 * One error or warning: a number, a place, a message, the calls that lead there, and a fix.
 *
 * @param code letter and number, {@code E204}: the letter is the severity's
 * @param severity whether compilation can continue
 * @param span the faulty characters; empty if the fault has no place in a text
 * @param message one sentence, lower case, no full stop
 * @param trail the chain of blocks, innermost first, each a line such as {@code in bottleneck(64)
 *     called at net.cnn:44:14, as layer2.0}
 * @param help the fix, if there is one
 */
public record Diagnostic(
    String code,
    Severity severity,
    Optional<Span> span,
    String message,
    List<String> trail,
    Optional<String> help) {

  /** The same with another fix. */
  Diagnostic with(String cure) {
    return new Diagnostic(code, severity, span, message, trail, Optional.of(cure));
  }

  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING
  }
}
