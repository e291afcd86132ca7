package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.verify.Trace;
import dev.cnnc.compiler.verify.Verdict;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
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
      "The reference computes in double what the file says, before any pass.",
      "",
      "alone     A layer by itself: against the reference on what the class had",
      "          computed up to there. It differs if it is further off than its",
      "          limit, three times what rounding does to layers that are tested.",
      "          The first that differs is where to look.",
      "in all    Against the reference from the input on: all layers' roundings.",
      "relative  In parts of the largest number that the layer should give.",
      "ULPs      In units of the last place of the float that it should be. Of a",
      "          number below a sixteenth of the layer's largest, of that sixteenth:",
      "          near zero the last place means nothing.",
      "",
      "Values are read from the class's own memory while it runs. What it never",
      "writes, such as a join by address, is seen in the next layer. ONNX Runtime, in",
      "a process of its own, runs our export, of which every layer is compared, and",
      "FILE.onnx as it is, whose outputs tell whether it was imported well.",
      "",
      "JSON: {\"network\", \"input\", \"threads\", \"onnxruntime\", \"agrees\", \"first\",",
      "\"layers\": [{\"layer\", \"does\", \"shape\", \"alone\": {\"absolute\", \"relative\",",
      "\"ulps\"}, \"limit\", \"agrees\", \"whole\": {..}, \"onnxruntime\": {\"whole\",",
      "\"limit\", \"agrees\"}}], \"outputs\": [{\"output\", \"shape\", \"intact\", ..}]}."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.cnn|FILE.onnx", description = "The network.")
  private Path file;

  @Mixin private WeightsOption weights;

  @Mixin private InputShapeOption shapes;

  @Option(
      names = "--input",
      paramLabel = "PICTURE|FILE.npy|synthetic",
      defaultValue = "synthetic",
      description = "As for cnnc run (default: ${DEFAULT-VALUE}).")
  private String input;

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
    float[] picture = picture(network.get());
    Verdict verdict;
    PeerOption.Answer answer;
    try (Progress progress = new Progress(terminal)) {
      Verification verification = Verification.of(network.get(), picture, progress);
      Trace trace = verification.run(threads.count());
      answer = peer.ask(verification, original(), shapes.told(), progress);
      verdict = verification.compare(trace, answer.values());
    }
    answer.excuse().ifPresent(excuse -> terminal.err().println("cnnc: " + excuse));
    terminal.err().flush();
    Verified verified =
        new Verified(
            network.get().written().graph().name(),
            seed.map(number -> "random numbers of --seed " + number).orElse(input),
            threads.count(),
            answer.engine(),
            answer.model(),
            verdict);
    terminal.out().print(json ? VerifiedJson.of(verified) : VerifiedText.of(verified));
    terminal.out().flush();
    return verdict.agrees() ? 0 : 1;
  }

  private void check() {
    threads.check(spec);
    peer.check(spec);
    boolean said = spec.commandLine().getParseResult().hasMatchedOption("--input");
    if (seed.isPresent() && said) {
      throw usage("--seed makes the input: it does not go with --input");
    }
    if (isModel() && weights.chosen().isPresent()) {
      throw usage("--weights is for .cnn files: a model has its own");
    }
    if (!isModel() && !shapes.sizes(spec).isEmpty()) {
      throw usage("--input-shape is for models: a .cnn file says its own");
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
        : NetworkFile.open(file, weights.chosen(), terminal);
  }

  private float[] picture(NetworkFile network) {
    if (seed.isEmpty()) {
      return NetworkInput.of(input, network.written());
    }
    Shape shape = network.written().graph().node(0).shape();
    SplittableRandom random = new SplittableRandom(seed.get());
    float[] picture = new float[shape.size()];
    for (int index = 0; index < picture.length; index++) {
      picture[index] = (float) random.nextDouble(-1, 1);
    }
    return picture;
  }
}
