package dev.cnnc.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code peak} and {@code networks} end in a Markdown table, and take JMH's options behind them;
 * everything else is JMH's own command line.
 */
public final class Main {

  private Main() {}

  /** Runs benchmarks. */
  public static void main(String[] arguments)
      throws RunnerException, CommandLineOptionException, IOException {
    String command = arguments.length == 0 ? "" : arguments[0];
    switch (command) {
      case "peak" -> report(Convolutions.class, arguments, Report::convolutions);
      case "networks" -> report(Networks.class, arguments, Report::networks);
      default -> org.openjdk.jmh.Main.main(arguments);
    }
  }

  private interface Table {
    String of(Collection<RunResult> results);
  }

  private static void report(Class<?> benchmark, String[] arguments, Table table)
      throws RunnerException, CommandLineOptionException {
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    Options options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(rest))
            .include(benchmark.getName() + "\\.")
            .build();
    String before = Machine.load();
    Collection<RunResult> results = new Runner(options).run();
    System.out.printf(
        "%n%s; load %s before, %s after.%n%n%s",
        Machine.description(), before, Machine.load(), table.of(results));
  }
}
