package dev.cnnc.cli;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.read.OnnxException;
import dev.cnnc.compiler.onnx.read.OnnxReader;
import dev.cnnc.compiler.onnx.translate.ModelPart;
import dev.cnnc.compiler.onnx.translate.NetworkName;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.onnx.translate.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** ONNX models in the user's files. */
final class ModelFile {
  private ModelFile() {}

  /**
   * Translates a model.
   *
   * @param stem the base of the network's name
   * @param shapes of inputs with open dimensions
   * @param constants numbers for inputs
   * @param only the wanted values; if empty, all outputs
   */
  static OnnxImport.Result read(
      Path file,
      String stem,
      Map<String, List<Long>> shapes,
      Map<String, List<Double>> constants,
      List<String> only) {
    try {
      Onnx.Model model = ModelPart.of(OnnxReader.read(file), only);
      return OnnxImport.of(
          model, NetworkName.of(stem), shapes, ModelPart.constants(model, constants));
    } catch (OnnxException | IllegalArgumentException problem) {
      throw new Failure(String.valueOf(problem.getMessage()));
    } catch (IOException problem) {
      throw Failure.reading(file, problem);
    }
  }

  /**
   * A model as a network with its tensors. Empty if it cannot be imported; then the problems are
   * printed.
   */
  static Optional<NetworkFile> open(Path file, Map<String, List<Long>> shapes, Terminal terminal) {
    String stem = String.valueOf(file.getFileName()).replaceFirst("\\.onnx$", "");
    OnnxImport.Result result = read(file, stem, shapes, Map.of(), List.of());
    if (result.network().isEmpty()) {
      tell(file, result, terminal.err());
    }
    return result.network().map(network -> new NetworkFile(network, result.source()));
  }

  /** Prints the problems that keep a model from being imported. */
  static void tell(Path file, OnnxImport.Result result, PrintWriter err) {
    List<Problem> problems = result.problems();
    Problem.grouped(problems).forEach(err::println);
    result.notes().forEach(err::println);
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
