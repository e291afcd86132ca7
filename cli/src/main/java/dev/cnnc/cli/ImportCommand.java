package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.onnx.text.NetworkText;
import dev.cnnc.compiler.onnx.text.UnreadableText;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc import}: converts a network of another framework. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Converts an ONNX model to a .cnn file and its weights (operators of version "
            + OnnxImport.OLDEST
            + " to "
            + OnnxImport.NEWEST
            + ").",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc import resnet18.onnx              writes resnet18.cnn and resnet18.safetensors",
      "  cnnc import model.onnx -o nets/net.cnn",
      "  cnnc import model.onnx --input-shape image=3,224,224",
      "  cnnc import model.onnx --only logits --constant scale_factor=1,1",
      "",
      "The numbers stay the same. A batch that the model leaves open becomes one. Outputs",
      "get names of the language: at_448 for 448, a_0 for a:0, softmax_2 for softmax. Layers",
      "are named after their weights, what comes again becomes a block. What cannot be",
      "imported is listed all at once: operator, node, reason, and what to do. The characters",
      "of a model that reads text are written beside it, if its metadata name them.",
      "Then: add labels and a preprocess clause to the file, and cnnc run it."
    })
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.onnx", description = "The model.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.cnn",
      description = "Where to write; the weights lie beside it (default: beside FILE.onnx).")
  private Optional<Path> output = Optional.empty();

  @Mixin private InputShapeOption shapes;

  @Option(
      names = "--constant",
      paramLabel = "NAME=NUMBERS",
      description = "Makes an input a constant: one number for all elements, or all numbers.")
  private Map<String, String> constants = Map.of();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Takes only this output, or a value inside; may come again.")
  private List<String> only = List.of();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    Path text = output.orElseGet(() -> beside(file, ".cnn"));
    String stem = String.valueOf(text.getFileName()).replaceFirst("\\.cnn$", "");
    OnnxImport.Result result = ModelFile.read(file, stem, shapes.sizes(spec), numbers(), only);
    if (result.network().isEmpty()) {
      ModelFile.tell(file, result, terminal.err());
      return 1;
    }
    write(result.network().get(), result.tensors(), text, terminal);
    summary(result, terminal.out());
    keys(result.network().get(), text, terminal.out());
    return 0;
  }

  /** Writes the characters of a model that reads text, if it names them. */
  private void keys(Network network, Path text, PrintWriter out) {
    ModelKeys.of(file)
        .ifPresent(
            keys -> {
              Path written = unquoted(beside(text, ".keys.txt"));
              new OutputFile(written, List.of(file))
                  .write(path -> Files.writeString(path, keys.text()));
              out.println(written);
              out.println(keys.advice(network, written));
              out.flush();
            });
  }

  /** The numbers of constants by the names of inputs. */
  private Map<String, List<Double>> numbers() {
    Map<String, List<Double>> numbers = new HashMap<>();
    constants.forEach(
        (name, text) -> {
          try {
            numbers.put(name, Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList());
          } catch (NumberFormatException _) {
            throw new ParameterException(
                spec.commandLine(),
                "--constant needs numbers such as scale=1,1, not " + name + "=" + text);
          }
        });
    return numbers;
  }

  private static Path beside(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.replaceFirst("\\.(onnx|cnn)$", "") + ending);
  }

  /** A path that the text can name: texts of the language have no quotes. */
  private static Path unquoted(Path file) {
    return file.resolveSibling(file.getFileName().toString().replaceAll("[\"\\p{Cntrl}]", "_"));
  }

  private void write(
      Network network, List<SafetensorsWriter.Tensor> tensors, Path text, Terminal terminal) {
    Path weights = unquoted(beside(text, ".safetensors"));
    Optional<String> clause =
        tensors.isEmpty() ? Optional.empty() : Optional.of(weights.getFileName().toString());
    String written = text(network, clause, file);
    try (Progress progress = new Progress(terminal)) {
      progress.stage("writing " + text);
      new OutputFile(text, List.of(file)).write(path -> Files.writeString(path, written));
      terminal.out().println(text);
      if (clause.isPresent()) {
        progress.stage("writing " + weights);
        new OutputFile(weights, List.of(file))
            .write(path -> SafetensorsWriter.write(path, tensors));
        terminal.out().println(weights);
      }
    }
  }

  private static String text(Network network, Optional<String> weights, Path file) {
    try {
      return NetworkText.of(network, weights);
    } catch (UnreadableText fault) {
      throw new Failure(
          "%s is not imported: cnnc could not read its own text (%s); please report it with the model"
              .formatted(file, fault.getMessage()));
    }
  }

  private static void summary(OnnxImport.Result result, PrintWriter out) {
    long parameters =
        result.tensors().stream()
            .mapToLong(tensor -> tensor.shape().stream().reduce(1, (a, b) -> a * b))
            .sum();
    int layers = result.network().map(network -> network.graph().nodes().size() - 1).orElse(0);
    out.println(String.format(Locale.ROOT, "%,d layers, %,d parameters", layers, parameters));
    result.patterns().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each ->
                out.println(
                    String.format(
                        Locale.ROOT, "recognised %s: %,d", each.getKey(), each.getValue())));
    result.notes().forEach(out::println);
    out.flush();
  }
}
