package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.runtime.Threads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
          new Activation.Clip(0, 15));

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

  @Test
  void twoTextsOfOneNameAreRefused() {
    KernelMethod part = method("part", "return a;");
    Map<String, KernelMethod> all = new LinkedHashMap<>();
    KernelSet.collect(method("entry", "part();", part), all);
    KernelSet.collect(method("other", "part();", method("part", "return a;")), all);
    assertThat(all.keySet()).containsExactly("entry", "part", "other");
    assertThatThrownBy(() -> KernelSet.collect(method("part", "return b;"), all))
        .hasMessage("two kernels are called part");
    assertThatThrownBy(
            () -> KernelSet.collect(method("entry", "part();", method("part", "return b;")), all))
        .as("one text, calling others")
        .hasMessage("two kernels are called entry");
  }

  @Test
  void aCallThatIsNotListedIsRefused() {
    assertThatThrownBy(() -> method("entry", "for (;;) x = @fma(a, part(b), c.of(d));"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("entry calls part, which it does not list");
  }

  private static KernelMethod method(String name, String body, KernelMethod... calls) {
    return new KernelMethod(Role.PART, "", "void", name, "", body, List.of(calls));
  }

  private static int depthwise(GraphBuilder graph, String name, int input, int height) {
    Window window = new Window(height, 3, 1, 1, 1, 1, new Padding(height / 2, 1, height / 2, 1));
    return graph.conv(name, input, 16, window, 16, true);
  }
}
