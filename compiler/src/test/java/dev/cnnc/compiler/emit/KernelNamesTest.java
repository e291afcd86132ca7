package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.runtime.Threads;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers that differ in a number alone are not finished by one method. */
class KernelNamesTest {
  /** Without their points they are the same digits. */
  private static final List<Activation> ALIKE =
      List.of(
          new Activation.LeakyRelu(1.5),
          new Activation.LeakyRelu(15),
          new Activation.Elu(1.5),
          new Activation.Elu(15),
          new Activation.Clip(0, 1.5),
          new Activation.Clip(0, 15),
          // Zeros of both signs, and doubles that are one float.
          new Activation.Power(-0.0),
          new Activation.Power(0.0),
          new Activation.Clip(-0.0, 15),
          new Activation.LeakyRelu(0.1),
          new Activation.LeakyRelu(0.1f));

  @Test
  void ofConvs() {
    GraphBuilder graph = new GraphBuilder(16, 5, 6);
    int value = 0;
    for (int i = 0; i < ALIKE.size(); i++) {
      int conv = graph.conv("conv" + i, value, 16, Window.of(1, 1));
      value = graph.activate("function" + i, ALIKE.get(i), conv);
    }
    EmittedTest.check(0, graph.build(value), Threads.caller());
  }

  /** 0.1 before a window of 13 by 3 is 0.11 before one of 3 by 3. */
  @Test
  void ofDepthwiseConvs() {
    GraphBuilder graph = new GraphBuilder(16, 15, 9);
    int tall = depthwise(graph, "tall", 0, 13);
    int first = graph.activate("first", new Activation.LeakyRelu(0.1), tall);
    int small = depthwise(graph, "small", first, 3);
    int second = graph.activate("second", new Activation.LeakyRelu(0.11), small);
    EmittedTest.check(0, graph.build(second), Threads.caller());
  }

  /** Planar pools of one size, whose columns are beside each other or not. */
  @Test
  void ofPools() {
    GraphBuilder graph = new GraphBuilder(3, 24, 40);
    Window near = Window.of(3, 3);
    Window far = new Window(3, 3, 1, 1, 2, 2, Padding.NONE);
    int first = graph.add("near", new Op.Pool(Op.Reduction.MAX, near, false, false), 0);
    int second = graph.add("far", new Op.Pool(Op.Reduction.MAX, far, false, false), first);
    Window padded = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));
    EmittedTest.check(0, graph.build(graph.conv("conv", second, 16, padded)), Threads.caller());
  }

  private static int depthwise(GraphBuilder graph, String name, int input, int height) {
    Window window = new Window(height, 3, 1, 1, 1, 1, new Padding(height / 2, 1, height / 2, 1));
    return graph.conv(name, input, 16, window, 16, true);
  }
}
