package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.PrologueGraphs;
import dev.cnnc.runtime.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convs that scale, shift and activate what they read, or gate it, give what the layers give. */
class ScaledConvTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void givesWhatThreeLayersGive(int threads) {
    EmittedTest.check(threads, PrologueGraphs.scales(threads), Threads.of(threads));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void givesWhatGateAndConvGive(int threads) {
    EmittedTest.check(threads, PrologueGraphs.gates(threads), Threads.of(threads));
  }

  /** A picture of five channels lies dense; its other reader wants a halo around it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gatesOfThePicture(boolean halo) {
    GraphBuilder graph = new GraphBuilder(5, 12, 11);
    int gated = graph.add("gate", new Op.Multiply(), 0, PrologueGraphs.squeeze(graph, 0));
    int value = graph.conv("conv", gated, 16, Window.of(1, 1));
    if (halo) {
      Window padded = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));
      value = graph.add("add", new Op.Add(), value, graph.conv("wide", 0, 16, padded));
    }
    EmittedTest.check(0, graph.build(value), Threads.of(2));
  }

  /** Of one pixel, the result may lie where the gate or, without a stride, the picture lay. */
  @Test
  void residualsThatTheConvReadsBesides() {
    GraphBuilder graph = new GraphBuilder(16, 2, 2);
    int picture = graph.conv("picture", 0, 32, Window.of(1, 1));
    int factor = PrologueGraphs.squeeze(graph, picture);
    int gated = graph.add("gate", new Op.Multiply(), picture, factor);
    Window strided = new Window(1, 1, 2, 2, 1, 1, Padding.NONE);
    int conv = graph.conv("conv", gated, 32, strided);
    EmittedTest.check(0, graph.build(graph.add("add", new Op.Add(), conv, factor)), Threads.of(2));
    GraphBuilder other = new GraphBuilder(16, 12, 11);
    int read = other.conv("picture", 0, 32, Window.of(1, 1));
    int product = other.add("gate", new Op.Multiply(), read, PrologueGraphs.squeeze(other, read));
    int same = other.conv("conv", product, 32, Window.of(1, 1));
    EmittedTest.check(0, other.build(other.add("add", new Op.Add(), same, read)), Threads.of(2));
  }
}
