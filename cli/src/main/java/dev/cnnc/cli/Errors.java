package dev.cnnc.cli;

import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a user sees of an exception: a sentence, and what to do next. Never a stack trace. */
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
    err.println(name + ": " + wrong.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
      err.print(command.getHelp().synopsisHeading());
      err.print(command.getHelp().synopsis(command.getHelp().synopsisHeadingLength()));
    }
    err.println("Try '" + name + " --help'.");
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  @Override
  public int handleExecutionException(
      Exception problem, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    if (problem instanceof Failure) {
      err.println("cnnc: " + problem.getMessage());
    } else {
      err.println("cnnc: unexpected error: " + problem);
      err.println(
          "This is a defect of cnnc: please report it with the command, the file, and what"
              + " --stacktrace adds.");
    }
    if (stacktrace.getAsBoolean()) {
      problem.printStackTrace(err);
    }
    err.flush();
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
