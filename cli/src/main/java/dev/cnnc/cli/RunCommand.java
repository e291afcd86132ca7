package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.runtime.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc run}: runs a network on a picture, without a project. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Compiles a network in memory and runs it once, or on all pictures of a folder.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc run lenet5.cnn --input digit.png",
      "  cnnc run lenet5.cnn --input digit.npy --output scores.npy",
      "  cnnc run vgg16.cnn --weights synthetic --input synthetic --json",
      "  cnnc run lenet5.cnn --input digit.png --reference",
      "  cnnc run detector.cnn --input photo.jpg --draw found.png",
      "  cnnc run siamese.cnn --input left=a.png --input right=b.npy",
      "  cnnc run resnet50.cnn --json-lines --input photos --output photos.jsonl",
      "",
      "The time shown is that of the one run, without compiling and loading, in a JVM that has"
          + " just",
      "started and not yet compiled the kernels: the same class in a program that has run for a",
      "while is many times faster.",
      "",
      "JSON: {\"network\", \"outputs\": {NAME: {\"shape\": [..], \"data\": [..]}},"
          + " \"milliseconds\"};",
      "data in the order channels, rows, columns; numbers that are not finite as text. A detect,",
      "segment, embed or read clause gives in the place of outputs: \"detections\": [{\"label\",",
      "\"index\", \"score\", \"box\": [left, top, right, bottom], \"landmarks\": [[x, y], ..]}];",
      "\"mask\": {\"width\", \"height\", \"classes\": [{\"label\", \"index\", \"pixels\"}]};",
      "\"embedding\": [..]; \"line\", \"confidence\".",
      "",
      "JSON lines: for each file of the folder and of the folders in it, sorted by name, but",
      "not for hidden ones, {\"file\", \"network\"} and then what the clauses give, or for a",
      "network with labels \"classes\": [{\"label\", \"index\", \"probability\"}], --top of them,",
      "or else \"outputs\". A file that is no picture has {\"file\", \"network\", \"error\"}, and"
          + " the",
      "status is 0 all the same. Each processor runs a picture. A run that ended early goes on",
      "if you repeat the command: files with a line in FILE.jsonl are not run again, and half a",
      "line at its end is cut away. To run a file again, remove its line. For other weights",
      "name another FILE.jsonl."
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.cnn", description = "The network.")
  private Path file;

  @Mixin private WeightsOption weights;

  @Mixin private OutsideOption outside;

  @Mixin private SizeOption size;

  @Option(
      names = "--input",
      paramLabel = "[NAME=]PICTURE|FILE.npy|synthetic|FOLDER",
      description = {
        "PICTURE: PNG, JPEG, GIF, BMP or TIFF. Prepared as the network's preprocess clause says;"
            + " without one it must have the input's size, and is scaled to 0..1.",
        "FILE.npy: an array of <f4 or <f8 as NumPy saves it, [channels, height, width] or with a 1"
            + " in front; taken as it is.",
        "synthetic: made-up numbers from -1 to 1, the same everywhere.",
        "NAME: the input that it is for, if the network has several. Repeat the option for each;"
            + " synthetic without a name is for all that are not named.",
        "FOLDER: pictures or arrays, with --json-lines."
      })
  private List<String> inputs = List.of();

  @Option(
      names = "--output",
      paramLabel = "FILE.npy|FILE.jsonl",
      description =
          "Write the only, or first, output there; with --json-lines, the lines, behind those that"
              + " are there.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--draw",
      paramLabel = "FILE.png",
      description =
          "Draw what the network finds (boxes, landmarks, masks) over the picture, as its detect or"
              + " segment clause says.")
  private Optional<Path> draw = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many classes, or largest values, to show (default: ${DEFAULT-VALUE}).")
  private int top;

  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Print all outputs as JSON, and nothing else.")
  private boolean json;

  @Option(
      names = "--json-lines",
      description = "Print a line of JSON for each picture of the folder --input.")
  private boolean jsonLines;

  @Option(
      names = "--reference",
      description =
          "Run the interpreter instead: slow plain loops in double, over the network as written.")
  private boolean reference;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    check();
    Optional<NetworkFile> all = NetworkFile.open(file, weights.chosen(), outside, terminal);
    if (all.isEmpty()) {
      return 1;
    }
    List<Integer> sizes = size.chosen(all.get().sizes());
    if (jsonLines) {
      new JsonLines(Path.of(inputs.getFirst()), output, top).run(all.get(), sizes, terminal);
      return 0;
    }
    Given given = Given.of(inputs, all.get().sizes(), sizes);
    run(all.get().at(given.size()), given.inputs(), terminal);
    return 0;
  }

  private void run(NetworkFile network, List<NetworkInput> given, Terminal terminal) {
    List<float[]> values = given.stream().map(NetworkInput::values).toList();
    output.ifPresent(NpyFile::checkPlace);
    checkDrawing(network.written(), given.getFirst());
    Answer answer = answer(network, values, terminal);
    output.ifPresent(to -> save(answer.outputs().getFirst(), to));
    List<Seen> seen = Seen.of(network.written(), answer, given.getFirst().placement());
    draw.ifPresent(to -> draw(given.getFirst().picture().orElseThrow(), seen, to));
    String looksAt = String.join(", ", inputs);
    if (network.sizes().size() > 1) {
      looksAt += " at " + SizeOption.written(network.written());
    }
    terminal.out().print(text(network, looksAt, answer, seen));
    terminal.out().flush();
  }

  private Answer answer(NetworkFile network, List<float[]> values, Terminal terminal) {
    Engine engine = reference ? Engine.reference() : Engine.compiled(threads.count());
    try (Progress progress = new Progress(terminal)) {
      return engine.run(network, values, progress);
    }
  }

  /** Checks all options. */
  private void check() {
    if (top < 1) {
      throw usage("--top takes a number from 1, not " + top);
    }
    threads.check(spec);
    if (inputs.isEmpty()) {
      throw usage(
          """
          what shall the network look at? Give one of
            --input PICTURE      a PNG, JPEG, GIF, BMP or TIFF file
            --input FILE.npy     an array of <f4 or <f8, [channels, height, width]
            --input synthetic    made-up numbers, the same everywhere\
          """);
    }
    if (jsonLines && (json || reference || draw.isPresent() || threads.count() > 1)) {
      throw usage(
          "--json-lines runs an instance of one thread on each processor: leave out --json,"
              + " --reference, --draw and --threads");
    }
    if (jsonLines && (inputs.size() > 1 || !Files.isDirectory(Path.of(inputs.getFirst())))) {
      throw usage(
          "--json-lines takes one folder: --input FOLDER, not " + String.join(", ", inputs));
    }
    if (!jsonLines && inputs.size() == 1 && Files.isDirectory(Path.of(inputs.getFirst()))) {
      throw usage(inputs.getFirst() + " is a folder: add --json-lines to run all its pictures");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static void save(Answer.Output first, Path to) {
    NpyFile.write(to, first.shape(), first.data());
  }

  private void checkDrawing(Network network, NetworkInput first) {
    if (draw.isEmpty()) {
      return;
    }
    NpyFile.checkPlace(draw.get());
    if (network.answers().isEmpty()) {
      throw new Failure(
          "--draw shows what a network finds, and %s has no detect or segment clause"
              .formatted(network.graph().name()));
    }
    if (first.picture().isEmpty()) {
      throw new Failure("--draw needs a picture to draw on, not " + inputs.getFirst());
    }
  }

  private static void draw(Picture picture, List<Seen> seen, Path to) {
    Picture drawn = picture;
    for (Seen each : seen) {
      drawn = each.over(drawn);
    }
    PictureFile.write(to, drawn);
  }

  private String text(NetworkFile network, String looksAt, Answer answer, List<Seen> seen) {
    return json
        ? AnswerJson.of(network.written(), answer, seen)
        : new AnswerText(network.written(), top).of(looksAt, answer, seen);
  }
}
