package dev.cnnc.benchmarks;

import dev.cnnc.compiler.measure.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code cnnc bench --against}: networks in our class and in another engine, in turns. */
@Command(
    name = "cnnc bench --against",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares the emitted class with another engine: one picture at a time, same input, same"
          + " threads, in turns in one process; several processes for each network.",
      "The ratio is that of the fastest runs, ours to theirs; of several processes the median.",
      "A model runs unchanged in the other engine. One that an engine cannot run is one line",
      "with the reason."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc bench --against onnxruntime",
      "  cnnc bench --against onnxruntime --networks vgg16,nin --threads 2 --forks 3",
      "  cnnc bench --against onnxruntime --jvm=-XX:UseAVX=2 --markdown table.md",
      "  cnnc bench --against onnxruntime models/ --input-shape image=3,224,224"
          + " --input-shape detector.onnx:image=3,640,640"
    })
public final class Main implements Callable<Integer> {

  /**
   * Largest difference that counts as agreement, relative to the largest value of the first output.
   */
  private static final double AGREEMENT = 1e-3;

  /** The content of the JSON file; times are in nanoseconds. */
  record Written(
      String machine,
      List<String> jvmFlags,
      Settings settings,
      List<Compared> networks,
      Map<String, String> refused) {}

  /** The engines to compare with. */
  enum Peer {
    onnxruntime
  }

  @Spec private CommandSpec spec;

  @Option(names = "--against", required = true, description = "${COMPLETION-CANDIDATES}.")
  private Peer against = Peer.onnxruntime;

  @Parameters(
      paramLabel = "FILE.cnn|FILE.onnx|DIR",
      arity = "0..*",
      description = "Networks, models, and folders of models (default: all of --folder).")
  private List<String> files = List.of();

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NAME|FILE.cnn|FILE.onnx|DIR",
      description = "The same in one word, and names of networks of --folder.")
  private List<String> networks = List.of();

  @Option(
      names = "--input-shape",
      paramLabel = "[FILE.onnx:]NAME=SIZES",
      description = "The shape of a model's input with open dimensions, as for cnnc import.")
  private Map<String, String> shapes = Map.of();

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = "generated-examples/src/main/cnn/networks",
      description = "Where networks lie that have only a name (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("");

  @Option(names = "--threads", defaultValue = "1", description = "Of each (default: 1).")
  private int threads;

  @Option(names = "--forks", defaultValue = "5", description = "Processes (default: 5).")
  private int forks;

  @Option(
      names = "--seconds",
      defaultValue = "4",
      description = "That a process measures at least (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--clock",
      defaultValue = "WALL",
      description =
          "WALL, or THREAD for what the calling thread ran: with one thread on a busy machine.")
  private Clock clock = Clock.WALL;

  @Option(
      names = "--processor",
      description = "That the calling thread stays on (default: the last).")
  private Optional<Integer> processor = Optional.empty();

  @Option(names = "--jvm", paramLabel = "FLAG", description = "For the processes; may be repeated.")
  private List<String> flags = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Write every process's figures.")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--markdown", paramLabel = "FILE", description = "Write the table there too.")
  private Optional<Path> markdown = Optional.empty();

  /** Runs the command and ends with its status. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (threads < 1 || forks < 1) {
      throw new ParameterException(spec.commandLine(), "--threads and --forks count from 1");
    }
    int last = Runtime.getRuntime().availableProcessors() - 1;
    Settings settings = new Settings(threads, seconds, clock, processor.orElse(last));
    ForkProcess process = new ForkProcess(flags, settings, shapes());
    Report report = new Report(settings);
    String loadBefore = Machine.load();
    List<Compared> compared = new ArrayList<>();
    Map<String, String> refused = new LinkedHashMap<>();
    StringBuilder table = new StringBuilder(Report.HEADER);
    System.out.print(Report.HEADER);
    for (Path network : chosen()) {
      String row;
      try {
        compared.add(measure(process, network));
        row = report.row(compared.getLast());
      } catch (Refused refusal) {
        refused.put(network.toString(), refusal.reason());
        row = Report.refusal(network, refusal.reason());
      }
      table.append(row);
      System.out.print(row);
      System.out.flush();
    }
    String summary =
        report.summary(compared)
            + "\nAgainst %s, %s; JVM flags: %s; load %s before, %s after.\n"
                .formatted(
                    against,
                    Machine.description(),
                    flags.isEmpty() ? "none" : String.join(" ", flags),
                    loadBefore,
                    Machine.load());
    System.out.print(summary);
    if (markdown.isPresent()) {
      Files.writeString(markdown.get(), table + summary);
    }
    if (json.isPresent()) {
      Written written = new Written(Machine.description(), flags, settings, compared, refused);
      Files.writeString(json.get(), JsonMapper.shared().writeValueAsString(written));
    }
    List<String> wrong =
        compared.stream()
            .filter(network -> !(network.median(Measured::difference) <= AGREEMENT))
            .map(Compared::network)
            .toList();
    if (!wrong.isEmpty()) {
      System.err.println("The outputs differ, so the figures are void: " + wrong);
    }
    return wrong.isEmpty() && refused.isEmpty() ? 0 : 1;
  }

  private Compared measure(ForkProcess process, Path network)
      throws IOException, InterruptedException, Refused {
    List<Measured> measured = new ArrayList<>();
    for (int fork = 0; fork < forks; fork++) {
      measured.add(process.measure(network));
    }
    return new Compared(measured.getFirst().network(), measured);
  }

  private InputShapes shapes() {
    try {
      return new InputShapes(shapes);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
    }
  }

  private List<Path> chosen() throws IOException {
    try {
      return new NetworkFiles(folder).of(Stream.concat(files.stream(), networks.stream()).toList());
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
    }
  }
}
