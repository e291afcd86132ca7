package dev.cnnc.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/** Counters of all forks as Markdown. */
final class Report {

  private Report() {}

  static String convolutions(Collection<RunResult> results) {
    return "| layer | GFLOP/s, slowest fork | median | fastest | of the peak, slowest fork | median"
        + " |\n"
        + "|---|---|---|---|---|---|\n"
        + results.stream().map(Report::convolution).collect(Collectors.joining())
        + peak(results);
  }

  private static String convolution(RunResult result) {
    List<Double> speeds = counter(result, "gigaflops");
    List<Double> shares = shares(result);
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | %.0f %% | %.0f %% |%n",
        result.getParams().getParam("layer"),
        speeds.getFirst(),
        median(speeds),
        speeds.getLast(),
        100 * shares.getFirst(),
        100 * median(shares));
  }

  static String networks(Collection<RunResult> results) {
    return "| network | engine | ms a picture, best fork | median | GFLOP/s, median | of the peak"
        + " |\n"
        + "|---|---|---|---|---|---|\n"
        + results.stream().map(Report::network).collect(Collectors.joining())
        + peak(results);
  }

  private static String network(RunResult result) {
    List<Double> times = counter(result, "milliseconds");
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.3f | %.3f | %.1f | %.0f %% |%n",
        result.getParams().getParam("network"),
        result.getParams().getParam("engine").toLowerCase(Locale.ROOT),
        times.getFirst(),
        median(times),
        median(counter(result, "gigaflops")),
        100 * median(shares(result)));
  }

  private static String peak(Collection<RunResult> results) {
    List<Double> peaks =
        results.stream().flatMap(result -> counter(result, "peak").stream()).sorted().toList();
    return String.format(
        Locale.ROOT,
        "%nThe peak was %.1f to %.1f GFLOP/s, median %.1f.%n",
        peaks.getFirst(),
        peaks.getLast(),
        median(peaks));
  }

  /** Of the peak that the same fork measured. */
  private static List<Double> shares(RunResult result) {
    return result.getBenchmarkResults().stream()
        .map(fork -> value(fork, "gigaflops") / value(fork, "peak"))
        .sorted()
        .toList();
  }

  /** A figure of each fork, least first. */
  private static List<Double> counter(RunResult result, String name) {
    return result.getBenchmarkResults().stream().map(fork -> value(fork, name)).sorted().toList();
  }

  private static double value(BenchmarkResult fork, String name) {
    return fork.getSecondaryResults().get(name).getScore();
  }

  private static double median(List<Double> sorted) {
    return sorted.get(sorted.size() / 2);
  }
}
