package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.verify.Trace;
import dev.cnnc.compiler.verify.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc verify}: checks that the emitted class computes what the file says. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Runs the emitted class, the reference interpreter and ONNX Runtime on one input, and"
            + " compares every layer.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc verify lenet5.cnn",
      "  cnnc verify resnet50.cnn --weights synthetic --seed 7 --threads 2",
      "  cnnc verify model.onnx --input-shape image=3,224,224",
      "  cnnc verify edited.cnn --against model.onnx --input cat.npy",
      "  cnnc verify net.cnn --no-onnxruntime --json",
      "",
      "Exit status: 0 all agree, 1 something differs (or an error in the input),",
      "2 wrong usage.",
      "",
      "The reference computes the network of the file in double, before any pass.",
      "",
      "alone     One layer: compared with the reference on the input that the class",
      "          computed for it. It differs if a number exceeds the limit of its channel,",
      "          three times the rounding error of the layers in our tests. The first",
      "          layer that differs has the fault.",
      "in all    Compared with the reference from the input on, so the roundings of",
      "          all layers add up.",
      "relative  The difference divided by the largest number of the layer.",
      "ULPs      The difference in units of the last place of the correct number.",
      "          Numbers below a sixteenth of the largest are measured in units of",
      "          that sixteenth, because near zero the last place means nothing.",
      "",
      "Values are read from the memory of the class while it runs. A value that it",
      "never writes, such as a concat by address, is checked in the next layer. ONNX",
      "Runtime runs in its own process. It runs our export, with every layer compared,",
      "and FILE.onnx unchanged, whose outputs show that it was imported correctly. If it",
      "alone differs, it runs again without its optimisations: if all agree then, those",
      "are at fault. A network whose output is more than 5 %% off although every layer",
      "agrees amplifies roundings: nothing agrees then, and an input of its own domain",
      "says more than numbers from -1 to 1. Of integers, the input is 0 to 255.",
      "Notes tell what a comparison cannot see: more than 0.1 %% off, equal numbers",
      "everywhere, NaN. In a quantised network a number may be a step off, and one in a",
      "thousand more. A model of 16 bits is compared as far as its roundings allow.",
      "",
      "JSON: {\"network\", \"input\", \"threads\", \"onnxruntime\", \"agrees\", \"first\",",
      "\"unoptimised\", \"layers\": [{\"layer\", \"does\", \"shape\", \"alone\": {\"absolute\","
          + " \"relative\",",
      "\"ulps\"}, \"limit\", \"agrees\", \"whole\": {..}, \"onnxruntime\": {\"whole\",",
      "\"limit\", \"agrees\"}}], \"outputs\": [{\"output\", \"shape\", \"intact\", ..}]}."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.cnn|FILE.onnx", description = "The network.")
  private Path file;

  @Mixin private WeightsOption weights;

  @Mixin private OutsideOption outside;

  @Mixin private SizeOption size;

  @Mixin private InputShapeOption shapes;

  @Option(
      names = "--input",
      paramLabel = "[NAME=]PICTURE|FILE.npy|synthetic",
      defaultValue = "synthetic",
      description = "As for cnnc run (default: ${DEFAULT-VALUE}).")
  private List<String> inputs = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Take random numbers from -1 to 1 instead, always the same for one N.")
  private Optional<Long> seed = Optional.empty();

  @Mixin private ThreadsOption threads;

  @Mixin private PeerOption peer;

  @Option(names = "--json", description = "Print JSON, and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    check();
    Optional<NetworkFile> network = network(terminal);
    if (network.isEmpty()) {
      return 1;
    }
    SequencedMap<Integer, List<float[]>> values = values(network.get());
    Map<Integer, Verified> all = new HashMap<>();
    Set<String> excuses = new LinkedHashSet<>();
    try (Progress progress = new Progress(terminal)) {
      Built built = Built.of(network.get(), progress);
      values.forEach(
          (each, given) -> all.put(each, verified(built.at(each), given, excuses::add, progress)));
    }
    excuses.forEach(excuse -> terminal.err().println("cnnc: " + excuse));
    terminal.err().flush();
    EachSize said = new EachSize(network.get().sizes(), List.copyOf(values.keySet()));
    terminal
        .out()
        .print(
            json
                ? said.json(each -> VerifiedJson.of(Objects.requireNonNull(all.get(each))))
                : said.text(each -> VerifiedText.of(Objects.requireNonNull(all.get(each)))));
    terminal.out().flush();
    return all.values().stream().allMatch(Verified::agrees) ? 0 : 1;
  }

  private Verified verified(
      Built built, List<float[]> given, Consumer<String> excuses, Progress progress) {
    Network written = built.file().written();
    List<float[]> values =
        peer.against()
            .or(this::original)
            .map(model -> FittedInputs.of(model, written, given))
            .orElse(given);
    Verification verification = Verification.of(built, values, progress);
    Trace trace = verification.run(threads.count());
    PeerOption.Answer answer = peer.ask(verification, original(), shapes.told(), true, progress);
    answer.excuse().ifPresent(excuses);
    Verdict verdict = verification.compare(trace, answer.values());
    Optional<Verdict> unoptimised = Optional.empty();
    if (verdict.onlyPeerDiffers()) {
      PeerOption.Answer again = peer.ask(verification, original(), shapes.told(), false, progress);
      unoptimised = again.engine().map(_ -> verification.compare(trace, again.values()));
    }
    String input =
        seed.map(number -> "random numbers of --seed " + number).orElse(String.join(", ", inputs));
    boolean one = built.file().sizes().size() == 1;
    return new Verified(
        written.graph().name(),
        one ? input : input + " at " + SizeOption.written(written),
        threads.count(),
        answer.engine(),
        answer.model(),
        verdict,
        unoptimised);
  }

  private void check() {
    threads.check(spec);
    peer.check(spec);
    boolean said = spec.commandLine().getParseResult().hasMatchedOption("--input");
    if (seed.isPresent() && said) {
      throw usage("--seed generates the input: it cannot be combined with --input");
    }
    if (isModel() && weights.chosen().isPresent()) {
      throw usage("--weights is for .cnn files: a model has its own");
    }
    if (!isModel() && !shapes.sizes(spec).isEmpty()) {
      throw usage("--input-shape is for models: a .cnn file has its own shape");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private boolean isModel() {
    return file.toString().endsWith(".onnx");
  }

  private Optional<Path> original() {
    return isModel() ? Optional.of(file) : Optional.empty();
  }

  private Optional<NetworkFile> network(Terminal terminal) {
    return isModel()
        ? ModelFile.open(file, shapes.sizes(spec), terminal)
        : NetworkFile.open(file, weights.chosen(), outside, terminal);
  }

  /** What each size to verify gets: a picture goes to one, made-up numbers go to all. */
  private SequencedMap<Integer, List<float[]>> values(NetworkFile file) {
    List<Network> sizes = file.sizes();
    List<Integer> chosen = size.chosen(sizes);
    SequencedMap<Integer, List<float[]>> values = new LinkedHashMap<>();
    if (seed.isPresent()) {
      chosen.forEach(each -> values.put(each, random(sizes.get(each), seed.get())));
    } else if (inputs.stream().allMatch(NetworkInput::isSynthetic)) {
      chosen.forEach(each -> values.put(each, values(NetworkInput.of(inputs, sizes.get(each)))));
    } else {
      Given given = Given.of(inputs, sizes, chosen);
      values.put(given.size(), values(given.inputs()));
    }
    return values;
  }

  private static List<float[]> values(List<NetworkInput> inputs) {
    return inputs.stream().map(NetworkInput::values).toList();
  }

  private static List<float[]> random(Network network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> values = new ArrayList<>();
    for (Node input : network.graph().inputs()) {
      float[] numbers = new float[input.shape().size()];
      for (int index = 0; index < numbers.length; index++) {
        numbers[index] = (float) random.nextDouble(-1, 1);
      }
      values.add(numbers);
    }
    return values;
  }
}
