package dev.cnnc.cli;

import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Diagnostic.Severity;
import dev.cnnc.dsl.DiagnosticPrinter;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;

/**
 * The output of a command: results go to {@code out}, everything else to {@code err}.
 *
 * @param colourful whether {@code err} is a terminal
 */
record Terminal(PrintWriter out, PrintWriter err, boolean colourful) {

  /** The writers of the command line; tests set their own. */
  static Terminal of(CommandLine commandLine) {
    return new Terminal(
        commandLine.getOut(), commandLine.getErr(), commandLine.getColorScheme().ansi().enabled());
  }

  /** The same with nothing on {@code err}. */
  Terminal silent() {
    return new Terminal(out, new PrintWriter(Writer.nullWriter()), colourful);
  }

  /** Prints all diagnostics; true if one is an error. */
  boolean report(List<Diagnostic> diagnostics) {
    String text = DiagnosticPrinter.print(diagnostics);
    err.print(colourful ? DiagnosticColours.paint(text) : text);
    err.flush();
    return diagnostics.stream().anyMatch(each -> each.severity() == Severity.ERROR);
  }
}
