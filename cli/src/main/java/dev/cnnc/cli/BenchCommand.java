package dev.cnnc.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc bench}: measures the speed of one network and the time of its layers. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Compiles a network in memory and times it, warmed up until it is steady.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc bench net.cnn",
      "  cnnc bench net.cnn --threads 2 --profile",
      "  cnnc bench net.cnn --weights synthetic --json",
      "",
      "In a checkout, ./cnnc bench --against onnxruntime compares all networks of the",
      "examples with ONNX Runtime, or the .onnx files and folders that are named;",
      "./cnnc bench --against onnxruntime --help tells more.",
      "",
      "The profile is that of the fastest tenth of the runs, and its sum is the whole.",
      "The peak (multiply-adds that read no memory) is measured in the same process.",
      "",
      "JSON: {\"network\", \"threads\", \"lanes\", \"milliseconds\": {\"compiling\", \"loading\",",
      "\"first\", \"least\", \"median\", \"p99\"}, \"runs\", \"steady\", \"bytesPerRun\",",
      "\"gigaflops\", \"peakGigaflops\", \"profile\": [{\"layer\", \"kernel\",",
      "\"milliseconds\", \"operations\"}]}."
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.cnn", description = "The network.")
  private Path file;

  @Mixin private WeightsOption weights;

  @Mixin private OutsideOption outside;

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "3",
      description = "Measure for at least this time after the warm-up (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--profile", description = "Show the time of every layer.")
  private boolean profile;

  @Option(names = "--json", description = "Print JSON, and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    threads.check(spec);
    if (!(seconds >= 0 && seconds <= 3600)) {
      throw new ParameterException(
          spec.commandLine(), "--seconds takes a number from 0 to 3600, not " + seconds);
    }
    Optional<NetworkFile> network = NetworkFile.open(file, weights.chosen(), outside, terminal);
    if (network.isEmpty()) {
      return 1;
    }
    Bench bench;
    try (Progress progress = new Progress(terminal)) {
      Stopwatch stopwatch = new Stopwatch(threads.count(), seconds, profile);
      bench = stopwatch.time(network.get(), progress);
    }
    terminal.out().print(json ? BenchJson.of(bench) : BenchText.of(bench));
    terminal.out().flush();
    return 0;
  }
}
