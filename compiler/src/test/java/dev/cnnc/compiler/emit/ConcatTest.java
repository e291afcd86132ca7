package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Storage;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Parts of a concat are written in their place where they can be, and copied where not. */
class ConcatTest {

  @Test
  void aDenseBlockCopiesNothing() {
    GraphBuilder graph = new GraphBuilder(3, 6, 5);
    int value = graph.conv("stem", 0, 16, Window.of(3, 3));
    for (int layer = 0; layer < 3; layer++) {
      int more = graph.conv("conv" + layer, value, 32, padded3x3());
      value = graph.add("concat" + layer, new Op.Concat(), value, more);
    }
    Graph built = graph.build(value);
    assertThat(copies(built)).isZero();
    EmittedTest.check(0, built, Threads.of(2));
  }

  @Test
  void aRaggedPartIsCopied() {
    GraphBuilder graph = new GraphBuilder(3, 6, 5);
    int first = graph.conv("first", 0, 17, Window.of(3, 3));
    int second = graph.conv("second", 0, 16, Window.of(3, 3));
    Graph built = graph.build(graph.add("both", new Op.Concat(), first, second));
    assertThat(copies(built)).isEqualTo(2);
    EmittedTest.check(0, built, Threads.caller());
  }

  @Test
  void anyParts() {
    int[] channels = {16, 32, 48, 7, 16, 1, 32};
    for (long seed = 0; seed < 12; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      GraphBuilder graph = new GraphBuilder(channels[random.nextInt(channels.length)], 5, 4);
      for (int step = 0; step < 12; step++) {
        int[] values = new int[2 + random.nextInt(2)];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextInt(graph.last() + 1);
        }
        int filters = channels[random.nextInt(channels.length)];
        switch (random.nextInt(5)) {
          case 0, 1 -> graph.conv("conv" + step, values[0], filters, padded3x3());
          case 2 -> graph.relu("relu" + step, values[0]);
          case 3 -> graph.add("pad" + step, new Op.Pad(8, 8, Padding.NONE), values[0]);
          default -> graph.add("concat" + step, new Op.Concat(), values);
        }
      }
      EmittedTest.check(seed, graph.build(graph.last() - 1, graph.last()), Threads.caller());
    }
  }

  private static Window padded3x3() {
    return new Window(3, 3, 1, 1, 1, 1, Padding.all(1));
  }

  private static long copies(Graph graph) {
    Network network =
        new Network(
            graph,
            "",
            List.of(Network.Input.of("image")),
            new Network.Weights.Synthetic(),
            List.of(),
            false,
            Storage.F32);
    return Planner.plan(network).steps().stream()
        .filter(step -> step.kernel() instanceof RowByRow.Copy)
        .count();
  }
}
