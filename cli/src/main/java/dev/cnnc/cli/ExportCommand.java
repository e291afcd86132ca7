package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.onnx.ExternalTensors;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.OnnxExport;
import dev.cnnc.compiler.onnx.OnnxWriter;
import dev.cnnc.compiler.pass.Passes;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc export}: writes the network for other engines. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Writes a network with its weights as an ONNX file (operators of version 17).",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc export lenet5.cnn                          writes lenet5.onnx beside it",
      "  cnnc export net.cnn -o build/net.onnx --weights trained.safetensors",
      "  cnnc export vgg16.cnn -o vgg16.onnx --weights synthetic",
      "",
      "Input and outputs keep their names; a batch of one stands in front of their",
      "shapes. Batch norms are folded into the layers before them. A network of several",
      "sizes gives a file for each, such as net-48x160.onnx; with --size, one. An ONNX",
      "file has at most 2 GB: the tensors of a larger network go to FILE.onnx.data beside",
      "it, as they do with --external-data. Both files belong together."
    })
final class ExportCommand implements Callable<Integer> {
  private static final String ENDING = ".onnx";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.cnn", description = "The network.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.onnx",
      description = "Where to write (default: beside FILE.cnn, under its name).")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--external-data",
      description = "Writes tensors of 1 KB and more to FILE.onnx.data, which engines can map.")
  private boolean externalData;

  @Mixin private WeightsOption weights;

  @Mixin private OutsideOption outside;

  @Mixin private SizeOption size;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    Optional<NetworkFile> network = NetworkFile.open(file, weights.chosen(), outside, terminal);
    if (network.isEmpty()) {
      return 1;
    }
    List<Network> sizes = network.get().sizes();
    List<Integer> chosen = size.chosen(sizes);
    Path to = output.orElseGet(this::beside);
    for (int each : chosen) {
      export(
          network.get().at(each),
          chosen.size() == 1 ? to : named(to, SizeOption.written(sizes.get(each))),
          terminal);
    }
    return 0;
  }

  /** The place of one of several sizes: net-48x160.onnx. */
  private static Path named(Path file, String size) {
    String name = String.valueOf(file.getFileName());
    int end = name.endsWith(ENDING) ? name.length() - ENDING.length() : name.length();
    return file.resolveSibling(name.substring(0, end) + "-" + size + name.substring(end));
  }

  private void export(NetworkFile network, Path to, Terminal terminal) {
    Onnx.Model model = model(network);
    List<Path> inputs = inputs(network.written());
    try (Progress progress = new Progress(terminal)) {
      progress.stage("writing " + to);
      if (externalData || OnnxWriter.size(model) > OnnxWriter.MOST_BYTES) {
        Path data = to.resolveSibling(to.getFileName() + ".data");
        ExternalTensors external = ExternalTensors.of(model, data.getFileName().toString());
        write(new OutputFile(data, inputs), out -> external.write(model, out));
        write(new OutputFile(to, inputs), out -> OnnxWriter.write(model, external, out));
      } else {
        write(new OutputFile(to, inputs), out -> OnnxWriter.write(model, out));
      }
    }
    terminal.out().println(to);
    terminal.out().flush();
  }

  private Path beside() {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.replaceFirst("\\.cnn$", "") + ENDING);
  }

  private static Onnx.Model model(NetworkFile network) {
    Network written = network.written();
    return OnnxExport.of(written.with(Passes.portable(written.graph())), network.source());
  }

  private static void write(OutputFile file, Onnx.Content content) {
    file.write(
        path -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
            content.write(out);
          }
        });
  }

  /** The files that must not be overwritten. */
  private List<Path> inputs(Network network) {
    return switch (weights.chosen().orElse(network.weights())) {
      case Network.Weights.File(Path path) -> List.of(file, path);
      case Network.Weights.Synthetic _, Network.Weights.Unsaid _ -> List.of(file);
    };
  }
}
