package dev.cnnc.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An event of the compiler's process. */
sealed interface CompilerEvent {

  /** Reads one line of its standard output; empty if the line is not an event. */
  static Optional<CompilerEvent> parse(String line) {
    List<String> fields;
    try {
      fields = ProtocolLine.split(line);
    } catch (IllegalArgumentException notEncoded) {
      return Optional.empty();
    }
    if (fields.size() == 7 && fields.get(0).equals("problem")) {
      return Optional.of(
          new Problem(
              Path.of(fields.get(1)),
              Path.of(fields.get(2)),
              Integer.parseInt(fields.get(3)),
              Integer.parseInt(fields.get(4)),
              fields.get(5).equals("ERROR"),
              fields.get(6)));
    } else if (fields.size() == 3 && fields.get(0).equals("input")) {
      return Optional.of(new Input(Path.of(fields.get(1)), Path.of(fields.get(2))));
    } else if (fields.size() == 3 && fields.get(0).equals("output")) {
      return Optional.of(new Output(Path.of(fields.get(1)), Path.of(fields.get(2))));
    } else if (line.equals("end")) {
      return Optional.of(new End());
    }
    return Optional.empty();
  }

  /**
   * A finding.
   *
   * @param unit the file that was being compiled
   * @param file the file at fault
   * @param line from 1
   * @param column from 1
   * @param error or else a warning
   * @param text number, message, source line, caret, trail and fix
   */
  record Problem(Path unit, Path file, int line, int column, boolean error, String text)
      implements CompilerEvent {

    /** The format of Maven's own compiler plugin, which development tools turn into links. */
    String located() {
      return file.toAbsolutePath() + ":[" + line + "," + column + "] " + text;
    }
  }

  /**
   * A file that the result depends on.
   *
   * @param unit the file that was being compiled
   * @param file the file that was read
   */
  record Input(Path unit, Path file) implements CompilerEvent {}

  /**
   * A file of the result.
   *
   * @param unit the file that was being compiled
   * @param file the result
   */
  record Output(Path unit, Path file) implements CompilerEvent {}

  /** The last event. */
  record End() implements CompilerEvent {}
}
