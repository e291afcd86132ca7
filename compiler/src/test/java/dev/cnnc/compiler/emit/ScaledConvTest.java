package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.KernelGraphs;
import dev.cnnc.runtime.Threads;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convs that scale, shift and activate what they read give what the three layers give. */
class ScaledConvTest {
  private static final int[] SIZES = {1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void givesWhatThreeLayersGive(int threads) {
    EmittedTest.check(threads, graph(threads), Threads.of(threads));
  }

  /** With a block of pixels and more, slices and parts of concats as inputs, strides, residuals. */
  static Graph graph(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GraphBuilder graph = new GraphBuilder(3, 11, 10);
    int value = graph.conv("stem", 0, 32, Window.of(2, 1));
    for (int i = 0; i < SIZES.length; i++) {
      int source = graph.conv("source" + i, value, SIZES[i], Window.of(1, 1));
      if (i % 3 == 1) {
        source = graph.add("joined" + i, new Op.Concat(), value, source);
        int channels = graph.shape(source).channels();
        source = graph.add("slice" + i, new Op.Slice(5, channels), source);
      }
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
