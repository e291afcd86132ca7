package dev.cnnc.compiler.reference;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs a graph with plain loops in double: what every fast path is compared with.
 *
 * <p>Values are flat, in the order channels, rows, columns; no loop in this package knows a trick.
 */
public final class Reference {

  private final Graph graph;
  private final Parameters parameters;
  private final List<float[]> inputs;

  /** By node id: those that have run and may still be read. */
  private final Map<Integer, Value> values = new HashMap<>();

  private Reference(Graph graph, TensorSource source, List<float[]> inputs) {
    this.graph = graph;
    this.parameters = Parameters.of(source);
    this.inputs = inputs;
    if (inputs.size() != graph.inputs().size()) {
      throw new IllegalArgumentException(
          "%s has %s inputs, not %s".formatted(graph.name(), graph.inputs().size(), inputs.size()));
    }
  }

  /** Sees every value as it comes. */
  @FunctionalInterface
  public interface Observer {
    /**
     * What the readers of {@code node} are given: {@code computed}, or other numbers in its place.
     */
    double[] given(Node node, double[] computed);
  }

  /** The outputs of a graph of one input. */
  public static Map<String, double[]> run(Graph graph, TensorSource source, float[] picture) {
    return run(graph, source, List.of(picture));
  }

  /** The graph's outputs by name, in order; a value is let go behind its last reader. */
  public static Map<String, double[]> run(Graph graph, TensorSource source, List<float[]> inputs) {
    return run(graph, source, inputs, (_, computed) -> computed);
  }

  /** The same while somebody looks on. */
  public static Map<String, double[]> run(
      Graph graph, TensorSource source, List<float[]> inputs, Observer observer) {
    Reference reference = new Reference(graph, source, inputs);
    int[] lastReaders = lastReaders(graph);
    for (Node node : graph.nodes()) {
      double[] given = observer.given(node, reference.compute(node));
      reference.values.put(node.id(), new Value(given, node.shape()));
      node.inputs().stream()
          .filter(read -> lastReaders[read] == node.id())
          .forEach(reference.values::remove);
    }
    Map<String, double[]> outputs = new LinkedHashMap<>();
    for (Graph.Output output : graph.outputs()) {
      outputs.put(output.name(), reference.value(output.node()).data());
    }
    return outputs;
  }

  /** The values of a graph of one input. */
  public static List<double[]> values(Graph graph, TensorSource source, float[] picture) {
    return values(graph, source, List.of(picture));
  }

  /** The value of every node, by id: to find the first layer where something else differs. */
  public static List<double[]> values(Graph graph, TensorSource source, List<float[]> inputs) {
    Reference reference = new Reference(graph, source, inputs);
    for (Node node : graph.nodes()) {
      reference.values.put(node.id(), new Value(reference.compute(node), node.shape()));
    }
    return graph.nodes().stream().map(node -> reference.value(node.id()).data()).toList();
  }

  private static int[] lastReaders(Graph graph) {
    int[] last = new int[graph.nodes().size()];
    for (Node node : graph.nodes()) {
      node.inputs().forEach(read -> last[read] = node.id());
    }
    graph.outputs().forEach(output -> last[output.node()] = Integer.MAX_VALUE);
    return last;
  }

  private Value value(int id) {
    return Objects.requireNonNull(values.get(id));
  }

  private double[] compute(Node node) {
    List<Value> inputs = node.inputs().stream().map(this::value).toList();
    return switch (node.op()) {
      case Op.Input() -> input(node);
      case Op.Learned(Recipe tensor) -> parameters.all(tensor);
      case Op.Conv conv -> Sums.conv(conv, inputs, node.shape(), parameters);
      case Op.Fc fc -> Sums.fc(fc, inputs, parameters);
      case Op.BatchNorm norm -> Normalisation.batchNorm(norm, inputs.getFirst(), parameters);
      case Op.LayerNorm norm -> Normalisation.layerNorm(norm, inputs.getFirst(), parameters);
      case Op.Scale(Recipe factor, Recipe shift, Activation function) ->
          Pointwise.activate(
              function,
              Pointwise.scale(inputs.getFirst(), parameters.all(factor), parameters.all(shift)));
      case Op.Activate(Activation function) ->
          Pointwise.activate(function, inputs.getFirst().data());
      case Op.Prelu(Recipe slope) -> Pointwise.prelu(inputs.getFirst(), parameters.all(slope));
      case Op.Pool pool -> Pooling.pool(pool, inputs.getFirst(), node.shape());
      case Op.GlobalPool(Op.Reduction reduction) -> Pooling.global(reduction, inputs.getFirst());
      case Op.Add() -> Pointwise.add(inputs);
      case Op.Multiply() -> Pointwise.multiply(inputs, node.shape());
      case Op.Mean() -> Pointwise.mean(inputs);
      case Op.Concat() -> Movement.concat(inputs, node.shape());
      case Op.Slice(int from, int to) -> Movement.slice(inputs.getFirst(), from, to);
      case Op.Shuffle(int groups) -> Movement.shuffle(inputs.getFirst(), groups);
      case Op.Crop crop -> Movement.crop(crop, inputs.getFirst(), node.shape());
      case Op.Tokens() -> Movement.tokens(inputs, node.shape());
      case Op.Attention(int heads) -> SelfAttention.of(inputs.getFirst(), heads, node.shape());
      case Op.Flatten(), Op.Dropout() -> inputs.getFirst().data();
      case Op.Softmax(boolean logarithm) -> Normalisation.softmax(inputs.getFirst(), logarithm);
      case Op.LocalResponseNorm norm -> Normalisation.localResponse(norm, inputs.getFirst());
      case Op.Pad pad -> Movement.pad(pad, inputs.getFirst(), node.shape());
      case Op.Upsample factor -> Movement.upsample(factor, inputs.getFirst(), node.shape());
      case Computation computation ->
          Computations.of(computation, inputs, node.shape(), parameters);
      case Rearrangement rearrangement ->
          Rearrangements.of(rearrangement, inputs.getFirst(), node.shape());
    };
  }

  private double[] input(Node node) {
    float[] given = inputs.get(node.id());
    if (given.length != node.shape().size()) {
      throw new IllegalArgumentException(
          "the input has %s elements, but %s takes %s"
              .formatted(given.length, graph.name(), node.shape()));
    }
    double[] values = new double[given.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = given[i];
    }
    return values;
  }
}
