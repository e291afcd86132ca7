package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import java.util.SplittableRandom;

/** Convs that scale, shift and activate what they read, or multiply it by a gate. */
public final class PrologueGraphs {
  private static final int[] SIZES = {1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100};

  private PrologueGraphs() {}

  /** What layer i scales or gates: a value, or a slice of a concat. */
  private static int source(GraphBuilder graph, int i, int value) {
    int source = graph.conv("source" + i, value, SIZES[i], Window.of(1, 1));
    if (i % 3 != 1) {
      return source;
    }
    int joined = graph.add("joined" + i, new Op.Concat(), value, source);
    return graph.add("slice" + i, new Op.Slice(5, graph.shape(joined).channels()), joined);
  }

  /** One number a channel. */
  public static int squeeze(GraphBuilder graph, int value) {
    return graph.add("squeeze", new Op.GlobalPool(Op.Reduction.AVERAGE), value);
  }

  /** Squeeze-and-excitation, of pictures, slices and parts of concats, with strides, residuals. */
  public static Graph gates(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GraphBuilder graph = new GraphBuilder(3, 13, 11);
    int value = graph.conv("stem", 0, 32, Window.of(2, 1));
    for (int i = 0; i < SIZES.length; i++) {
      int source = source(graph, i, value);
      int squeezed = graph.add("pool" + i, new Op.GlobalPool(Op.Reduction.AVERAGE), source);
      int channels = graph.shape(source).channels();
      int excited =
          graph.activate(
              "gate" + i, new Activation.Sigmoid(), graph.fc("fc" + i, squeezed, channels));
      int gated =
          random.nextBoolean()
              ? graph.add("multiply" + i, new Op.Multiply(), source, excited)
              : graph.add("multiply" + i, new Op.Multiply(), excited, source);
      int conv = graph.conv("conv" + i, gated, 32, Window.of(1, 1), 1, random.nextBoolean());
      value = random.nextBoolean() ? graph.add("add" + i, new Op.Add(), conv, value) : conv;
    }
    // Others read what a gate reads, between it and the conv, and could take its place.
    int gate =
        graph.activate(
            "hard", new Activation.Hardsigmoid(), graph.fc("fc", squeeze(graph, value), 32));
    int between = graph.add("between", new Op.Multiply(), value, gate);
    int relu = graph.relu("relu", value);
    int sigmoid = graph.activate("sigmoid", new Activation.Sigmoid(), gate);
    int conv = graph.conv("apart", between, 32, Window.of(1, 1));
    value =
        graph.add("sum", new Op.Add(), graph.add("both", new Op.Multiply(), relu, sigmoid), conv);
    int last = graph.add("last", new Op.GlobalPool(Op.Reduction.MAX), value);
    Window strided = new Window(1, 1, 2, 3, 1, 1, Padding.NONE);
    int product = graph.add("product", new Op.Multiply(), value, last);
    return graph.build(graph.conv("strided", product, 40, strided));
  }

  /** With a block of pixels and more, slices and parts of concats as inputs, strides, residuals. */
  public static Graph scales(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GraphBuilder graph = new GraphBuilder(3, 11, 10);
    int value = graph.conv("stem", 0, 32, Window.of(2, 1));
    for (int i = 0; i < SIZES.length; i++) {
      int source = source(graph, i, value);
      int scaled = graph.scale("scale" + i, source);
      if (i % 4 != 3) {
        Activation function =
            KernelGraphs.ACTIVATIONS.get(random.nextInt(KernelGraphs.ACTIVATIONS.size()));
        scaled = graph.activate("act" + i, function, scaled);
      }
      int conv = graph.conv("conv" + i, scaled, 32, Window.of(1, 1), 1, random.nextBoolean());
      value = random.nextBoolean() ? graph.add("add" + i, new Op.Add(), conv, value) : conv;
    }
    int last = graph.relu("last", graph.scale("lastScale", value));
    Window strided = new Window(1, 1, 2, 3, 1, 1, Padding.NONE);
    return graph.build(graph.conv("strided", last, 40, strided));
  }
}
