package dev.cnnc.dsl;

import java.util.List;
import java.util.Optional;

/**
 * One finding, ready to be shown: a number, a place, a sentence, the way there and the cure.
 *
 * @param code letter and number, {@code E204}: the letter is the severity's
 * @param severity whether compilation can go on
 * @param span the characters at fault; empty where the fault has no place in a text
 * @param message one sentence, lower case, no full stop
 * @param trail the chain of blocks, innermost first, each a line such as {@code in bottleneck(64)
 *     called at net.cnn:44:14, as layer2.0}
 * @param help the cure, where there is one
 */
public record Diagnostic(
    String code,
    Severity severity,
    Optional<Span> span,
    String message,
    List<String> trail,
    Optional<String> help) {

  /** The same with another cure. */
  Diagnostic with(String cure) {
    return new Diagnostic(code, severity, span, message, trail, Optional.of(cure));
  }

  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING
  }
}
