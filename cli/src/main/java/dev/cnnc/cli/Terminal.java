package dev.cnnc.cli;

import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Diagnostic.Severity;
import dev.cnnc.dsl.DiagnosticPrinter;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * Where a command speaks: results on {@code out}, everything else on {@code err}.
 *
 * @param colourful whether a person looks at {@code err}
 */
record Terminal(PrintWriter out, PrintWriter err, boolean colourful) {

  /** As the command line was set up: tests give it writers of their own. */
  static Terminal of(CommandLine commandLine) {
    return new Terminal(
        commandLine.getOut(), commandLine.getErr(), commandLine.getColorScheme().ansi().enabled());
  }

  /** Prints all of them; true if one is an error. */
  boolean report(List<Diagnostic> diagnostics) {
    String text = DiagnosticPrinter.print(diagnostics);
    err.print(colourful ? DiagnosticColours.paint(text) : text);
    err.flush();
    return diagnostics.stream().anyMatch(each -> each.severity() == Severity.ERROR);
  }
}
