package dev.cnnc.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code --threads}, for the commands that run a network. */
final class ThreadsOption {

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Split the rows of every layer over N threads (default: ${DEFAULT-VALUE}).")
  private int threads;

  int count() {
    return threads;
  }

  /** Checks the options before a long run. */
  void check(CommandSpec spec) {
    if (threads < 1 || threads > Engine.MOST_THREADS) {
      throw new ParameterException(
          spec.commandLine(),
          "--threads takes a number from 1 to %s, not %s".formatted(Engine.MOST_THREADS, threads));
    }
  }
}
