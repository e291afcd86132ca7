package dev.cnnc.compiler.proof;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.emit.EmittedTest;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.lower.GraphPrinter;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.OnnxExport;
import dev.cnnc.compiler.onnx.OnnxRuntimeTest;
import dev.cnnc.compiler.onnx.translate.ChannelsLast;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.compiler.weights.RoundedSource;
import dev.cnnc.compiler.weights.RoundedTensor;
import dev.cnnc.dsl.DiagnosticPrinter;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must hold of every network, on every way from its text to numbers.
 *
 * @param storage of the weights of the class
 * @param exact whether the class may only use plain sums
 * @param folder for files on the way
 */
record NetworkProof(Storage storage, boolean exact, Path folder) {

  private static final Synthetic WEIGHTS = new Synthetic();

  /** Of the largest number of an output: an import computes in another order. */
  private static final double TOLERANCE = 1e-4;

  /** The ways, in the order in which they are tried. */
  enum Way {
    TEXT,
    CLASS,
    ONNX_RUNTIME,
    EXPORT_AND_IMPORT
  }

  /** The first way that fails, and how. */
  record Fault(Way way, Throwable cause) {}

  /** The graph as a {@code .cnn} file. */
  static String text(Graph graph) {
    return printed(graph).text();
  }

  private static GraphPrinter.Printed printed(Graph graph) {
    return GraphPrinter.print(CompiledGraph.improved(graph).with(graph), Optional.empty());
  }

  Optional<Fault> fault(Graph graph) {
    return Arrays.stream(Way.values())
        .flatMap(way -> failure(way, graph).map(cause -> new Fault(way, cause)).stream())
        .findFirst();
  }

  /** How a way fails. */
  Optional<Throwable> failure(Way way, Graph graph) {
    try {
      switch (way) {
        case TEXT -> written(graph);
        case CLASS -> emitted(graph);
        case ONNX_RUNTIME -> engine(graph);
        case EXPORT_AND_IMPORT -> exported(graph);
      }
      return Optional.empty();
    } catch (Exception | AssertionError | StackOverflowError | LinkageError failure) {
      return Optional.of(failure);
    }
  }

  /** The text is read as this graph, and printed again it is the same text. */
  private static void written(Graph graph) {
    GraphPrinter.Printed printed = printed(graph);
    Graph read = read(printed.text());
    check(text(read).equals(printed.text()), "printed again, the text is another one");
    TensorSource stored =
        (name, _) -> new RoundedTensor(printed.tensors().get(name), WEIGHTS).elements();
    compare(graph, values(read, stored, pictures(graph.inputs())), 0);
  }

  private static Graph read(String text) {
    var lowered = Lowering.lower(Parser.parse(new Source("net.cnn", text)), Path.of(""));
    return lowered
        .network()
        .orElseThrow(() -> new AssertionError(DiagnosticPrinter.print(lowered.diagnostics())))
        .graph();
  }

  /**
   * The class computes what the reference computes, and the same bits without vectors, in the first
   * run, and while it changes over.
   */
  private void emitted(Graph graph) {
    Network improved = CompiledGraph.improved(graph).with(storage);
    CompiledGraph compiled =
        new CompiledGraph(
            Backend.of(exact ? CompiledGraph.exact(improved) : improved, "proof.made"));
    TensorSource rounded = RoundedSource.of(WEIGHTS, storage);
    PackedWeights packed = PackedWeights.of(compiled.backend().weights(), rounded);
    Class<?> type = compiled.type();
    try (NetworkInstance vectors = InMemory.instance(type, packed, Threads.of(2), Start.VECTORS);
        NetworkInstance quick = InMemory.instance(type, packed, Threads.caller(), Start.QUICK)) {
      EmittedTest.check("proof", compiled, graph, rounded, vectors);
      for (String name : List.of("input", "another")) {
        float[][] inputs = Results.inputs(vectors, name);
        boolean equal = Arrays.deepEquals(Results.of(vectors, inputs), Results.of(quick, inputs));
        check(equal, "without vectors it gives other bits for picture " + name);
      }
    }
  }

  /**
   * The engine's optimisations have faults of their own: a conv goes away whose value is an output
   * too, for example. The model is wrong only if the engine without them says so as well.
   */
  private void engine(Graph graph) throws Exception {
    Graph portable = Passes.portable(graph);
    double rounding = rounding(graph, Reference.values(graph, WEIGHTS, pictures(graph.inputs())));
    Path file = folder.resolve("proof.onnx");
    try {
      OnnxRuntimeTest.check("proof", graph, portable, rounding, file, true);
    } catch (Exception | AssertionError optimised) {
      OnnxRuntimeTest.check("proof", graph, portable, rounding, file, false);
      System.out.println("proof: ONNX Runtime fails with its optimisations only");
    }
  }

  private void exported(Graph graph) throws Exception {
    Network network = CompiledGraph.improved(graph).with(Passes.portable(graph));
    Onnx.Model model = OnnxExport.of(network, WEIGHTS);
    ImportedModel imported = ImportedModel.of(model, "proof", Map.of(), folder, "");
    Graph again = imported.compiled().written().graph();
    boolean all = again.inputs().size() == graph.inputs().size();
    List<Node> inputs = all ? graph.inputs() : read(network.graph());
    check(again.inputs().size() == inputs.size(), "another number of inputs");
    List<float[]> pictures = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      float[] picture = picture(inputs.get(i));
      String name = model.graph().inputs().get(inputs.get(i).id()).name();
      boolean last = ChannelsLast.is(model.graph(), name, 4);
      // The import takes it for a picture with its channels last, and leaves the transpose out.
      pictures.add(last ? ChannelsLast.turned(picture, again.node(i).shape().pixels()) : picture);
    }
    compare(graph, values(again, imported.compiled().source(), pictures), TOLERANCE);
  }

  /** Whether a graph gives these numbers, output by output. */
  private static void compare(Graph graph, List<double[]> actual, double tolerance) {
    List<double[]> values = Reference.values(graph, WEIGHTS, pictures(graph.inputs()));
    check(actual.size() == graph.outputs().size(), "another number of outputs");
    double rounding = tolerance == 0 ? 0 : rounding(graph, values);
    for (int i = 0; i < actual.size(); i++) {
      double[] right = values.get(graph.outputs().get(i).node());
      double[] made = actual.get(i);
      check(right.length == made.length, "output " + i + " has another length");
      double allowed = Math.max(tolerance * largest(right), rounding);
      for (int k = 0; k < right.length; k++) {
        boolean near = Math.abs(right[k] - made[k]) <= allowed;
        check(near, "output " + i + "[" + k + "] is " + made[k] + ", not " + right[k]);
      }
    }
  }

  /**
   * What roundings to float may do to an output that is much smaller than what it is made of: an
   * ulp of the largest value for each layer.
   */
  private static double rounding(Graph graph, List<double[]> values) {
    double largest = values.stream().mapToDouble(NetworkProof::largest).max().orElse(0);
    return Math.ulp((float) largest) * graph.nodes().size();
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  /** The outputs of a graph. */
  private static List<double[]> values(Graph graph, TensorSource weights, List<float[]> pictures) {
    List<double[]> values = Reference.values(graph, weights, pictures);
    return graph.outputs().stream().map(output -> values.get(output.node())).toList();
  }

  /** Inputs that something reads: an import takes no others. */
  private static List<Node> read(Graph graph) {
    return graph.inputs().stream()
        .filter(
            input ->
                graph.nodes().stream().anyMatch(node -> node.inputs().contains(input.id()))
                    || graph.outputs().stream().anyMatch(out -> out.node() == input.id()))
        .toList();
  }

  private static List<float[]> pictures(List<Node> inputs) {
    return inputs.stream().map(NetworkProof::picture).toList();
  }

  private static float[] picture(Node input) {
    return WEIGHTS.tensor(input.name(), List.of(1, input.shape().size()));
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
