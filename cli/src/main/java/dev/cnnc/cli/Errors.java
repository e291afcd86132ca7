package dev.cnnc.cli;

import dev.cnnc.compiler.plan.TooLargeException;
import dev.cnnc.compiler.weights.SafetensorsException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns an exception into a message for the user with the next thing to do, without a stack trace.
 */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final BooleanSupplier stacktrace;

  /**
   * For one command line.
   *
   * @param stacktrace whether the user asked for it
   */
  Errors(BooleanSupplier stacktrace) {
    this.stacktrace = stacktrace;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + message(wrong));
    if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
      err.print(command.getHelp().synopsisHeading());
      err.print(command.getHelp().synopsis(command.getHelp().synopsisHeadingLength()));
    }
    err.println("Try '" + name + " --help'.");
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String message(ParameterException wrong) {
    Set<String> commands = wrong.getCommandLine().getSubcommands().keySet();
    return wrong instanceof UnmatchedArgumentException unmatched && !commands.isEmpty()
        ? "there is no command %s; there are %s"
            .formatted(unmatched.getUnmatched().getFirst(), String.join(", ", commands))
        : String.valueOf(wrong.getMessage());
  }

  @Override
  public int handleExecutionException(
      Exception problem, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    switch (problem) {
      case Failure _, TooLargeException _ -> err.println("cnnc: " + problem.getMessage());
      case SafetensorsException weights ->
          // The weights were correct when they were checked, so the file has changed since.
          Terminal.of(command).report(List.of(weights.diagnostic()));
      default -> {
        err.println("cnnc: unexpected error: " + problem);
        err.println(
            "This is a defect of cnnc: please report it with the command, the file, and what"
                + " --stacktrace adds.");
      }
    }
    if (stacktrace.getAsBoolean()) {
      problem.printStackTrace(err);
    }
    err.flush();
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
