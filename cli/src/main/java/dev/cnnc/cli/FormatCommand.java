package dev.cnnc.cli;

import dev.cnnc.compiler.SourceFile;
import dev.cnnc.dsl.Parsed;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Printer;
import dev.cnnc.dsl.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code cnnc fmt}: writes networks in canonical form; a file with syntax errors is not changed.
 */
@Command(
    name = "fmt",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Writes networks in their canonical form, in place; comments are kept.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc fmt net.cnn",
      "  cnnc fmt --check src/main/cnn/*.cnn",
      "",
      "Files that change are listed. One with syntax errors stays as it is. Exit",
      "status 1 for those, and with --check when any file would change."
    })
final class FormatCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE.cnn", description = "Networks.")
  private List<Path> files = List.of();

  @Option(names = "--check", description = "Change nothing; only list the files that would change.")
  private boolean check;

  /** The result for one file. */
  private enum Outcome {
    SAME,
    CHANGED,
    UNREADABLE
  }

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    boolean good = true;
    for (Path file : files) {
      Outcome outcome = format(file, terminal);
      if (outcome == Outcome.CHANGED) {
        terminal.out().println(file + (check ? " would change" : ""));
      }
      good &= outcome == Outcome.SAME || (outcome == Outcome.CHANGED && !check);
    }
    terminal.out().flush();
    return good ? 0 : 1;
  }

  /** Formats one file; an error does not keep the other files from being formatted. */
  private Outcome format(Path file, Terminal terminal) {
    try {
      Source source = SourceFile.read(file);
      Parsed parsed = Parser.parse(source);
      if (!parsed.complete()) {
        terminal.report(parsed.diagnostics());
        return Outcome.UNREADABLE;
      }
      String canonical = Printer.print(parsed.network());
      if (canonical.equals(source.text())) {
        return Outcome.SAME;
      }
      if (!check) {
        write(file, canonical);
      }
      return Outcome.CHANGED;
    } catch (IOException problem) {
      return unreadable(Failure.reading(file, problem), terminal);
    } catch (Failure problem) {
      return unreadable(problem, terminal);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException problem) {
      throw Failure.writing(file, problem);
    }
  }

  private static Outcome unreadable(Failure problem, Terminal terminal) {
    terminal.err().println("cnnc: " + problem.getMessage());
    terminal.err().flush();
    return Outcome.UNREADABLE;
  }
}
