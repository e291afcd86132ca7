package dev.cnnc.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code cnnc}, which only has subcommands. */
@Command(
    name = "cnnc",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    description = "Compiles convolutional networks, written as .cnn files, to Java classes.",
    footerHeading = "%nA first walk:%n",
    footer = {
      "  cnnc new demo                                  a project to begin with",
      "  cnnc check net.cnn                             what is wrong with a network",
      "  cnnc inspect net.cnn                           its layers and what they cost",
      "  cnnc cost net.cnn                              what the compiled network takes",
      "  cnnc report net.cnn                            a page that shows all of it",
      "  cnnc calibrate                                 how fast this machine is",
      "  cnnc run net.cnn --input cat.jpg               what it says to a picture",
      "",
      "cnnc COMMAND --help tells more. Exit status: 0 good, 1 an error in the input,",
      "2 wrong usage."
    },
    subcommands = {
      NewCommand.class,
      CheckCommand.class,
      FormatCommand.class,
      InspectCommand.class,
      CostCommand.class,
      ReportCommand.class,
      CalibrateCommand.class,
      RunCommand.class,
      BenchCommand.class,
      CompileCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      VerifyCommand.class
    })
public final class Main implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "Print where an unexpected error happened.")
  private boolean stacktrace;

  /** Runs a command and ends the process with its status. */
  public static void main(String[] arguments) {
    // Numbers have the same format in every locale, so that output can be compared and parsed.
    Locale.setDefault(Locale.ROOT);
    // Pictures are read, never displayed.
    System.setProperty("java.awt.headless", "true");
    System.exit(status(arguments));
  }

  private static int status(String[] arguments) {
    try {
      return commandLine().execute(arguments);
    } catch (OutOfMemoryError _) {
      System.err.println(
          "cnnc: this takes more memory than Java may use here; CNNC_JAVA_OPTIONS=-Xmx8g would"
              + " give it 8 GB");
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** All commands, with their errors handled. */
  static CommandLine commandLine() {
    Main main = new Main();
    Errors errors = new Errors(() -> main.stacktrace);
    return new CommandLine(main)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors)
        .setUsageHelpAutoWidth(true);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return spec.exitCodeOnInvalidInput();
  }
}
