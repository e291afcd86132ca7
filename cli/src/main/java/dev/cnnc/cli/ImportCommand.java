package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.read.OnnxException;
import dev.cnnc.compiler.onnx.read.OnnxReader;
import dev.cnnc.compiler.onnx.text.NetworkText;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.onnx.translate.Problem;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import java.io.IOException;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc import}: a network from another framework as a file of ours. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Makes a .cnn file and its weights of an ONNX model (operators of version "
            + OnnxImport.OLDEST
            + " to "
            + OnnxImport.NEWEST
            + ").",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc import resnet18.onnx              writes resnet18.cnn and resnet18.safetensors",
      "  cnnc import model.onnx -o nets/net.cnn",
      "  cnnc import model.onnx --input-shape image=3,224,224",
      "",
      "The numbers stay the same. A batch that the model leaves open becomes one. Layers",
      "are named after their weights, what comes again becomes a block. What cannot be",
      "imported is listed all at once: operator, node, reason, and what to do.",
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

  @Option(
      names = "--input-shape",
      paramLabel = "NAME=SIZES",
      description = "The shape of an input that the model leaves open, with or without the batch.")
  private Map<String, String> shapes = Map.of();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    Path text = output.orElseGet(() -> beside(file, ".cnn"));
    OnnxImport.Result result = translate(name(text));
    if (result.network().isEmpty()) {
      tell(result.problems(), terminal.err());
      return 1;
    }
    write(result.network().get(), result.tensors(), text, terminal);
    summary(result, terminal.out());
    return 0;
  }

  private OnnxImport.Result translate(String name) {
    try {
      Onnx.Model model = OnnxReader.read(file);
      return OnnxImport.of(model, name, sizes(), Map.of());
    } catch (OnnxException problem) {
      throw new Failure(String.valueOf(problem.getMessage()));
    } catch (IOException problem) {
      throw Failure.reading(file, problem);
    }
  }

  private Map<String, List<Long>> sizes() {
    Map<String, List<Long>> sizes = new HashMap<>();
    shapes.forEach(
        (name, text) -> {
          if (!text.matches("[1-9][0-9]{0,8}(,[1-9][0-9]{0,8})*")) {
            throw new ParameterException(
                spec.commandLine(),
                "--input-shape wants sizes such as image=3,224,224, not " + name + "=" + text);
          }
          sizes.put(name, Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList());
        });
    return sizes;
  }

  private static Path beside(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.replaceFirst("\\.(onnx|cnn)$", "") + ending);
  }

  /** A word, as networks are called. */
  private static String name(Path text) {
    String stem = String.valueOf(text.getFileName()).replaceFirst("\\.cnn$", "");
    String word = stem.replaceAll("[^A-Za-z0-9_]", "_");
    return word.matches("[A-Za-z_].*") ? word : "network_" + word;
  }

  private void write(
      Network network, List<SafetensorsWriter.Tensor> tensors, Path text, Terminal terminal) {
    Path weights = beside(text, ".safetensors");
    Optional<String> clause =
        tensors.isEmpty() ? Optional.empty() : Optional.of(weights.getFileName().toString());
    String written = NetworkText.of(network, clause);
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
    out.flush();
  }

  private void tell(List<Problem> problems, PrintWriter err) {
    problems.forEach(problem -> err.println(problem));
    err.println(
        String.format(
            Locale.ROOT,
            "cnnc: %s cannot be imported: %,d %s",
            file,
            problems.size(),
            problems.size() == 1 ? "problem" : "problems"));
    err.flush();
  }
}
