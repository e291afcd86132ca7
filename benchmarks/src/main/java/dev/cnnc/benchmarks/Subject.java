package dev.cnnc.benchmarks;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.measure.SyntheticInputs;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.read.OnnxReader;
import dev.cnnc.compiler.onnx.translate.ChannelsLast;
import dev.cnnc.compiler.onnx.translate.ModelInputs;
import dev.cnnc.compiler.onnx.translate.NetworkName;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.onnx.translate.Problem;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network that is measured, with its inputs.
 *
 * @param name in the table: of a model, its file's
 * @param inputs numbers from -1 to 1, or from 0 to 255 where a model's input is whole
 * @param model the file that the other engine runs; empty for our export
 * @param theirs the inputs of that file by their names
 */
record Subject(
    String name,
    Network written,
    Backend backend,
    TensorSource source,
    List<float[]> inputs,
    Optional<Path> model,
    Map<String, ModelInput> theirs) {

  /**
   * An input of a model.
   *
   * @param shape with the batch
   * @param numbers in the model's order
   */
  record ModelInput(List<Long> shape, FloatBuffer numbers) {}

  /**
   * A network file, or a model.
   *
   * @throws Refused if it cannot be compiled
   */
  static Subject of(Path file, InputShapes shapes) throws IOException, Refused {
    return file.toString().endsWith(".onnx") ? imported(file, shapes) : compiled(file);
  }

  private static Subject compiled(Path file) throws IOException, Refused {
    Compilation compilation = Compiler.compile(file, "", Optional.empty());
    if (compilation.result().isEmpty()) {
      throw new Refused(compilation.diagnostics().getFirst().message());
    }
    Compilation.Result result = compilation.result().get();
    List<float[]> inputs = SyntheticInputs.of(result.written().graph());
    Map<String, ModelInput> theirs = new LinkedHashMap<>();
    for (int index = 0; index < inputs.size(); index++) {
      Network.Input input = result.written().inputs().get(index);
      var shape = result.written().graph().inputs().get(index).shape();
      List<Long> sizes =
          List.of(1L, (long) shape.channels(), (long) shape.height(), (long) shape.width());
      theirs.put(input.name(), new ModelInput(sizes, FloatBuffer.wrap(inputs.get(index))));
    }
    return new Subject(
        result.written().graph().name(),
        result.written(),
        result.backend(),
        result.source(),
        inputs,
        Optional.empty(),
        theirs);
  }

  private static Subject imported(Path file, InputShapes shapes) throws IOException, Refused {
    Onnx.Model model = OnnxReader.read(file);
    String name = String.valueOf(file.getFileName());
    Map<String, List<Long>> sizes = shapes.of(name, model.graph());
    OnnxImport.Result result =
        OnnxImport.of(model, NetworkName.of(name.replaceFirst("\\.onnx$", "")), sizes, Map.of());
    if (result.network().isEmpty()) {
      List<String> problems = Problem.grouped(result.problems());
      String others = problems.size() == 1 ? "" : " (and %s more)".formatted(problems.size() - 1);
      throw new Refused(problems.getFirst() + others);
    }
    Network written = result.network().get();
    Backend backend = Backend.here(Passes.improved(written));
    List<Onnx.ValueInfo> read = ModelInputs.of(model.graph(), written.inputs());
    List<float[]> inputs = new ArrayList<>(SyntheticInputs.of(written.graph()));
    Map<String, ModelInput> theirs = new LinkedHashMap<>();
    for (Onnx.ValueInfo input : open(model.graph())) {
      List<Long> shape = withBatch(input, sizes);
      int ours = read.indexOf(input);
      if (ours < 0) {
        theirs.put(
            input.name(),
            new ModelInput(shape, FloatBuffer.allocate(Math.toIntExact(product(shape)))));
        continue;
      }
      if (input.type().isWhole()) {
        inputs.set(ours, greyLevels(inputs.get(ours)));
      }
      boolean turned = ChannelsLast.is(model.graph(), input.name(), shape.size());
      int channels = written.graph().inputs().get(ours).shape().channels();
      float[] numbers = inputs.get(ours);
      theirs.put(
          input.name(),
          new ModelInput(
              shape, FloatBuffer.wrap(turned ? ChannelsLast.turned(numbers, channels) : numbers)));
    }
    return new Subject(name, written, backend, result.source(), inputs, Optional.of(file), theirs);
  }

  /** The inputs that the other engine wants, read or not. */
  private static List<Onnx.ValueInfo> open(Onnx.Graph graph) {
    List<String> known = graph.initializers().stream().map(Onnx.Tensor::name).toList();
    return graph.inputs().stream().filter(input -> !known.contains(input.name())).toList();
  }

  private static List<Long> withBatch(Onnx.ValueInfo input, Map<String, List<Long>> sizes) {
    List<Long> shape = new ArrayList<>(sizes.getOrDefault(input.name(), input.dimensions()));
    if (shape.size() < input.dimensions().size()) {
      shape.addFirst(1L);
    }
    shape.replaceAll(size -> Math.max(size, 1));
    return shape;
  }

  private static long product(List<Long> sizes) {
    return sizes.stream().reduce(1L, Math::multiplyExact);
  }

  private static float[] greyLevels(float[] numbers) {
    float[] levels = new float[numbers.length];
    for (int index = 0; index < levels.length; index++) {
      levels[index] = Math.round(127.5f + 127.5f * numbers[index]);
    }
    return levels;
  }
}
