package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.runtime.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
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
      "  cnnc bench net.cnn --profile --on edge.profile.json",
      "  cnnc bench net.cnn --soak 10",
      "  cnnc bench net.cnn --forks-scaling",
      "",
      "In a checkout, ./cnnc bench --against onnxruntime compares all networks of the",
      "examples with ONNX Runtime, or the .onnx files and folders that are named;",
      "./cnnc bench --against onnxruntime --help tells more.",
      "",
      "The profile is that of the fastest tenth of the runs, and its sum is the whole.",
      "The peak (multiply-adds that read no memory) is measured in the same process.",
      "With --on each layer has its predicted time too, and how much that is more or less",
      "than the measured one; ? marks layers of a kind that was not calibrated. The worst",
      "layers are those whose predictions are off by most time.",
      "",
      "JSON: {\"network\", \"threads\", \"lanes\", \"milliseconds\": {\"compiling\", \"loading\",",
      "\"first\", \"least\", \"median\", \"p99\"}, \"runs\", \"steady\", \"bytesPerRun\",",
      "\"gigaflops\", \"peakGigaflops\", \"profile\": [{\"layer\", \"kernel\",",
      "\"milliseconds\", \"operations\"}]}; with --on \"predictedMilliseconds\" and",
      "\"calibrated\" in each layer, \"predictedMilliseconds\", \"judged\" (layers that take",
      "more than 1 %% of a run), \"near\" (of these, within 20 %%) and \"worst\" (names).",
      "",
      "A soak runs the network again and again on one input. It shows percentiles of the",
      "times (up to 1 %% too high), allocation, collections and the heap, and ends with",
      "status 1 in the run whose outputs have other bits than those before. JSON:",
      "{\"network\", \"threads\", \"steady\", \"runs\", \"milliseconds\": {\"p50\", \"p99\",",
      "\"p999\", \"longest\"}, \"allocatedBytes\", \"collections\", \"heapBytesBefore\",",
      "\"heapBytesAfter\", \"sameBits\"}.",
      "",
      "The scaling is that of a server: from one instance to one on each processor, over the",
      "same weights, each in a thread of its own, in three turns of which the best counts.",
      "JSON: {\"network\", \"steady\", \"scaling\": [{\"instances\", \"picturesPerSecond\",",
      "\"ofLinear\"}]}."
    })
final class BenchCommand implements Callable<Integer> {
  private static final double MINUTE = 60e9;

  /** A week. */
  private static final int MOST_MINUTES = 7 * 24 * 60;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.cnn", description = "The network.")
  private Path file;

  @Mixin private WeightsOption weights;

  @Mixin private OutsideOption outside;

  @Mixin private SizeOption size;

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "3",
      description = "Measure for at least this time after the warm-up (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--profile", description = "Show the time of every layer.")
  private boolean profile;

  @Option(
      names = "--on",
      paramLabel = "PROFILE",
      description = "Show what a profile of cnnc calibrate predicts beside it, with --profile.")
  private Optional<Path> machine = Optional.empty();

  @Option(
      names = "--soak",
      paramLabel = "MINUTES",
      description = "Run for so long after the warm-up, and check the bits of every output.")
  private Optional<Double> soak = Optional.empty();

  @Option(
      names = "--forks-scaling",
      description =
          "Show the pictures a second of 1, 2, ... instances, up to the number of processors.")
  private boolean forksScaling;

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
    if (soak.isPresent() && !(soak.get() >= 0 && soak.get() <= MOST_MINUTES)) {
      throw new ParameterException(
          spec.commandLine(),
          "--soak takes a number from 0 to %s, not %s".formatted(MOST_MINUTES, soak.get()));
    }
    if (forksScaling && (soak.isPresent() || profile || threads.count() > 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "--forks-scaling measures instances of one thread: leave out --soak, --profile and"
              + " --threads");
    }
    if (machine.isPresent() && (!profile || soak.isPresent())) {
      throw new ParameterException(
          spec.commandLine(), "--on predicts the layers of --profile: write both, without --soak");
    }
    Optional<MachineProfile> on =
        machine.map(file -> Predicted.here(file, threads.count(), terminal));
    Optional<NetworkFile> network = NetworkFile.open(file, weights.chosen(), outside, terminal);
    if (network.isEmpty()) {
      return 1;
    }
    List<Network> sizes = network.get().sizes();
    EachSize said = new EachSize(sizes, size.chosen(sizes));
    int[] status = {0};
    Map<Integer, String> texts = new HashMap<>();
    try (Progress progress = new Progress(terminal)) {
      Built built = Built.of(network.get(), progress);
      for (int each : said.chosen()) {
        texts.put(
            each,
            soak.isPresent()
                ? soak(built.at(each), progress, status)
                : forksScaling
                    ? scaling(built.at(each), progress)
                    : time(built.at(each), on, progress));
      }
    }
    IntFunction<String> one = each -> Objects.requireNonNull(texts.get(each));
    terminal.out().print(json ? said.json(one) : said.text(one));
    terminal.out().flush();
    return status[0];
  }

  private String time(Built built, Optional<MachineProfile> on, Progress progress) {
    Bench bench = new Stopwatch(threads.count(), seconds, profile, on).time(built, progress);
    return json ? BenchJson.of(bench) : BenchText.of(bench);
  }

  private String scaling(Built built, Progress progress) {
    try (Loaded loaded = built.load(1, Start.VECTORS)) {
      int processors = Runtime.getRuntime().availableProcessors();
      Scaling result = Scaling.of(loaded, processors, seconds, progress);
      return json ? ScalingText.json(result) : ScalingText.text(result);
    }
  }

  /**
   * Soaks one size.
   *
   * @param status becomes 1 if bits changed
   */
  private String soak(Built built, Progress progress, int[] status) {
    try (Loaded loaded = built.load(threads.count(), Start.VECTORS)) {
      Duration duration = Duration.ofNanos(Math.round(soak.orElseThrow() * MINUTE));
      Soak result = Soak.of(loaded, duration, progress);
      status[0] = result.changed().isPresent() ? 1 : status[0];
      return json ? SoakText.json(result) : SoakText.text(result);
    }
  }
}
