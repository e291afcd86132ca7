package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Origin;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Signature;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.dsl.Source;
import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Builds a graph as lowering would: node 0 is the first input, every method gives the new node's
 * id.
 */
public final class GraphBuilder {

  public static final Origin NOWHERE =
      new Origin(new Span(new Source("test.cnn", ""), 0, 0), List.of());

  private final List<Node> nodes = new ArrayList<>();

  public GraphBuilder(int channels, int height, int width) {
    put("input", new Op.Input(), new Shape(channels, height, width));
  }

  /** Another input, before anything else is added. */
  public int input(String name, int channels, int height, int width) {
    return put(name, new Op.Input(), new Shape(channels, height, width));
  }

  public int add(String name, Op op, int... inputs) {
    List<Shape> shapes = Arrays.stream(inputs).mapToObj(this::shape).toList();
    return switch (Signature.of(op, shapes)) {
      case Signature.Result.Fits(Shape shape) -> put(name, op, shape, inputs);
      case Signature.Result.Problem(String message, _) ->
          throw new IllegalArgumentException(name + " " + message);
    };
  }

  public int learned(String name, int channels, int height, int width) {
    Recipe tensor = new Recipe.Stored(name, List.of(channels, height, width));
    return put(name, new Op.Learned(tensor), new Shape(channels, height, width));
  }

  /** A product with learned numbers, one a channel or one for each element. */
  int learnedProduct(String name, int input, boolean byChannel, boolean inputFirst) {
    Shape shape = byChannel ? Shape.vector(shape(input).channels()) : shape(input);
    int factor = learned(name + "_factor", shape.channels(), shape.height(), shape.width());
    return inputFirst
        ? add(name, new Op.Multiply(), input, factor)
        : add(name, new Op.Multiply(), factor, input);
  }

  /** Tokens as files have them: {@code [1, count, channels]}. */
  public int learnedTokens(String name, int channels, int count) {
    Recipe stored = new Recipe.Stored(name, List.of(1, count, channels));
    Recipe tensor = new Recipe.Transposed(new Recipe.Transposed(stored, 1), 0);
    return put(name, new Op.Learned(tensor), new Shape(channels, 1, count));
  }

  public int conv(String name, int input, int filters, Window window) {
    return conv(name, input, filters, window, 1, true);
  }

  public int conv(String name, int input, int filters, Window window, int groups, boolean biased) {
    int depth = shape(input).channels() / groups;
    Op conv =
        new Op.Conv(
            filters,
            window,
            groups,
            stored(name + ".weight", filters, depth, window.height(), window.width()),
            biased ? Optional.of(stored(name + ".bias", filters)) : Optional.empty(),
            Epilogue.NONE);
    return add(name, conv, input);
  }

  public int fc(String name, int input, int outputs) {
    Op fc =
        new Op.Fc(
            outputs,
            stored(name + ".weight", outputs, shape(input).size()),
            Optional.of(stored(name + ".bias", outputs)),
            Epilogue.NONE);
    return add(name, fc, input);
  }

  /** An fc for every pixel. */
  public int pixelFc(String name, int input, int outputs) {
    Op fc =
        new Op.Conv(
            outputs,
            Window.of(1, 1),
            1,
            stored(name + ".weight", outputs, shape(input).channels()),
            Optional.of(stored(name + ".bias", outputs)),
            Epilogue.NONE);
    return add(name, fc, input);
  }

  public int batchNorm(String name, int input) {
    int channels = shape(input).channels();
    Op norm =
        new Op.BatchNorm(
            stored(name + ".weight", channels),
            stored(name + ".bias", channels),
            stored(name + ".running_mean", channels),
            stored(name + ".running_var", channels),
            1e-5);
    return add(name, norm, input);
  }

  /**
   * Where all channels are equal, an epsilon of 1e-6 would make a rounding error 1,000 times it.
   */
  public int layerNorm(String name, int input) {
    int channels = shape(input).channels();
    Op norm =
        new Op.LayerNorm(stored(name + ".weight", channels), stored(name + ".bias", channels), 0.1);
    return add(name, norm, input);
  }

  public int scale(String name, int input) {
    int channels = shape(input).channels();
    Op scale = new Op.Scale(stored(name + ".weight", channels), stored(name + ".bias", channels));
    return add(name, scale, input);
  }

  public int relu(String name, int input) {
    return activate(name, new Activation.Relu(), input);
  }

  public int activate(String name, Activation function, int input) {
    return add(name, new Op.Activate(function), input);
  }

  public static Recipe stored(String name, Integer... shape) {
    return new Recipe.Stored(name, List.of(shape));
  }

  public Shape shape(int id) {
    return nodes.get(id).shape();
  }

  public int last() {
    return nodes.size() - 1;
  }

  /** The outputs are named after their nodes. */
  public Graph build(int... outputs) {
    List<Graph.Output> named =
        Arrays.stream(outputs).mapToObj(id -> new Graph.Output(nodes.get(id).name(), id)).toList();
    return new Graph("net", nodes, named);
  }

  private int put(String name, Op op, Shape shape, int... inputs) {
    nodes.add(
        new Node(nodes.size(), name, op, Arrays.stream(inputs).boxed().toList(), shape, NOWHERE));
    return last();
  }
}
