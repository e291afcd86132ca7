package dev.cnnc.compiler.build;

import dev.cnnc.dsl.Diagnostic;
import java.nio.file.Path;

/**
 * The events that the compiler sends to the build tool, one on each line. A complete run ends with
 * End.
 */
sealed interface BuildEvent {

  /** The event as a line. */
  default String encoded() {
    return switch (this) {
      case Problem problem ->
          ProtocolLine.join(
              "problem",
              problem.unit(),
              problem.file(),
              problem.line(),
              problem.column(),
              problem.severity(),
              problem.text());
      case Input input -> ProtocolLine.join("input", input.unit(), input.file());
      case Output output -> ProtocolLine.join("output", output.unit(), output.file());
      case End() -> "end";
    };
  }

  /**
   * A finding.
   *
   * @param unit the file that was being compiled
   * @param file the file at fault
   * @param line from 1
   * @param column from 1
   * @param severity whether the build goes on
   * @param text number, sentence, source line, caret, trail and cure
   */
  record Problem(
      Path unit, Path file, int line, int column, Diagnostic.Severity severity, String text)
      implements BuildEvent {}

  /**
   * A file that the result depends on, beside the unit itself.
   *
   * @param unit the file that was being compiled
   * @param file what was read
   */
  record Input(Path unit, Path file) implements BuildEvent {}

  /**
   * A file of the result, written or found unchanged.
   *
   * @param unit the file that was being compiled
   * @param file the result
   */
  record Output(Path unit, Path file) implements BuildEvent {}

  /** Nothing more will come. */
  record End() implements BuildEvent {}
}
