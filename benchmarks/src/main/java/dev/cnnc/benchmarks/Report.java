package dev.cnnc.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Comparisons as a table in Markdown. */
record Report(Settings settings) {

  static final String HEADER =
      """
      | network | ours, ms: min | median | p99 | ONNX Runtime, ms: min | median | p99 \
      | ratio of min | of medians | forks | their spread | GFLOP/s | of the peak |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  /** The row of a network that an engine cannot run. */
  static String refusal(Path network, String reason) {
    String name = String.valueOf(network.getFileName());
    return "| %s | not measured: %s |%n".formatted(name, reason.replace("|", "\\|"));
  }

  String row(Compared network) {
    return String.format(
        Locale.ROOT,
        "| %s | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | **%.2f** | %.2f | %s | %.0f %% | %.0f |"
            + " %.0f %% |%n",
        network.network(),
        network.median(fork -> fork.ours().least() / 1e6),
        network.median(fork -> fork.ours().median() / 1e6),
        network.median(fork -> fork.ours().slowest() / 1e6),
        network.median(fork -> fork.theirs().least() / 1e6),
        network.median(fork -> fork.theirs().median() / 1e6),
        network.median(fork -> fork.theirs().slowest() / 1e6),
        network.median(Measured::ratio),
        network.median(Measured::medianRatio),
        network.forks().stream()
            .map(fork -> String.format(Locale.ROOT, "%.2f", fork.ratio()))
            .collect(Collectors.joining(" ")),
        100 * network.spread(fork -> fork.ours().least()),
        network.median(Report::gigaflops),
        100 * network.median(fork -> gigaflops(fork) / fork.peak() / settings.threads()));
  }

  private static double gigaflops(Measured fork) {
    return fork.ours().gigaflops(fork.operations());
  }

  /** A summary of the table, and how it was measured. */
  String summary(List<Compared> networks) {
    double logarithms =
        networks.stream()
            .mapToDouble(network -> Math.log(network.median(Measured::ratio)))
            .average()
            .orElse(0);
    List<Measured> forks = networks.stream().flatMap(it -> it.forks().stream()).toList();
    return String.format(
        Locale.ROOT,
        "%nGeometric mean of the ratios: %.2f. %d thread%s, clock %s, %s. Peak of one thread: %.0f"
            + " to %.0f GFLOP/s. Largest difference of outputs: %.1e.%n",
        Math.exp(logarithms),
        settings.threads(),
        settings.threads() == 1 ? "" : "s",
        settings.clock(),
        settings.threads() > 1
            ? "no thread pinned"
            : forks.stream().allMatch(Measured::pinned)
                ? "calling thread on processor " + settings.processor()
                : "calling thread not pinned: there is no taskset",
        forks.stream().mapToDouble(Measured::peak).min().orElse(0),
        forks.stream().mapToDouble(Measured::peak).max().orElse(0),
        forks.stream().mapToDouble(Measured::difference).max().orElse(0));
  }
}
