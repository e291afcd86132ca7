package dev.cnnc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.plan.kernel.Prologue;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.runtime.View;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A scale or a gate is applied while a conv of one pixel reads it, and nowhere else. */
class ProloguesTest {
  private final GraphBuilder graph = new GraphBuilder(5, 6, 7);
  private final int source = graph.add("source", new Op.Shuffle(5), 0);
  private final int scale = graph.relu("relu", graph.scale("scale", source));

  @Test
  void ofConvsOfOnePixel() {
    assertThat(steps(graph.conv("conv", scale, 8, Window.of(1, 1)))).containsExactly("ScaledConv");
    Window strided = new Window(1, 1, 2, 3, 1, 1, Padding.NONE);
    assertThat(steps(graph.conv("strided", graph.scale("other", source), 8, strided)))
        .containsExactly("ScaledConv");
  }

  @Test
  void withAResidual() {
    int conv = graph.conv("conv", scale, 5, Window.of(1, 1));
    assertThat(steps(graph.add("add", new Op.Add(), conv, source))).containsExactly("ScaledConv");
  }

  @Test
  void notWhereItIsPartOfTheResult() {
    int conv = graph.conv("conv", scale, 5, Window.of(1, 1));
    assertThat(steps(graph.add("add", new Op.Add(), conv, scale)))
        .as("its own residual")
        .containsExactly("Scale", "Conv");
    assertThat(steps(scale, conv)).as("an output").containsExactly("Scale", "Conv");
  }

  @Test
  void notForOtherConvs() {
    assertThat(steps(graph.conv("larger", scale, 8, Window.of(3, 3))))
        .containsExactly("Scale", "Conv");
    Window padded = new Window(1, 1, 1, 1, 1, 1, Padding.all(1));
    assertThat(steps(graph.conv("padded", graph.scale("s1", source), 8, padded)))
        .containsExactly("Scale", "Conv");
    assertThat(steps(graph.conv("groups", graph.scale("s2", source), 10, Window.of(1, 1), 5, true)))
        .containsExactly("Scale", "GroupedConv");
    int pooled = graph.add("pool", new Op.GlobalPool(Op.Reduction.MAX), source);
    assertThat(steps(graph.conv("fc", graph.scale("s3", pooled), 8, Window.of(1, 1))))
        .containsExactly("Pool", "Scale", "Fc");
  }

  @Test
  void ofGates() {
    int pooled = graph.add("pool", new Op.GlobalPool(Op.Reduction.MAX), source);
    int gate = graph.add("gate", new Op.Multiply(), source, pooled);
    assertThat(steps(graph.conv("conv", gate, 8, Window.of(1, 1))))
        .containsExactly("Pool", "GatedConv");
    int turned = graph.add("turned", new Op.Multiply(), pooled, source);
    int conv = graph.conv("other", turned, 5, Window.of(1, 1));
    int add = graph.add("add", new Op.Add(), conv, source);
    assertThat(steps(add)).as("with a residual").containsExactly("Pool", "GatedConv");
    Plan plan = Planner.plan(CompiledGraph.improved(graph.build(add)));
    assertThat(plan.steps().getLast().reads())
        .as("picture, residual, factor")
        .containsExactly(view(plan, "input"), view(plan, "input"), view(plan, "pool"));
    assertThat(steps(graph.add("itself", new Op.Add(), conv, turned)))
        .as("its own residual")
        .containsExactly("Pool", "Multiply", "Conv");
  }

  @Test
  void notOfOtherProducts() {
    int pooled = graph.add("pool", new Op.GlobalPool(Op.Reduction.MAX), source);
    int square = graph.add("square", new Op.Multiply(), source, source);
    assertThat(steps(graph.conv("conv", square, 8, Window.of(1, 1))))
        .containsExactly("Multiply", "Conv");
    int three = graph.add("three", new Op.Multiply(), source, pooled, pooled);
    assertThat(steps(graph.conv("other", three, 8, Window.of(1, 1))))
        .containsExactly("Pool", "Multiply", "Multiply", "Conv");
    int vector = graph.add("vector", new Op.Multiply(), pooled, pooled);
    assertThat(steps(graph.conv("fc", vector, 8, Window.of(1, 1))))
        .containsExactly("Pool", "Multiply", "Fc");
  }

  /** Where weights are streamed, that gains more. */
  @Test
  void notOfGatesBeforeFasterConvs() {
    assertThat(gated(1024, 7, 512)).containsExactly("Pool", "Multiply", "Conv");
    assertThat(gated(256, 28, 256)).containsExactly("Pool", "GatedConv");
    assertThat(gated(128, 28, 32)).containsExactly("Pool", "GatedConv");
  }

  private static List<String> gated(int channels, int size, int filters) {
    GraphBuilder graph = new GraphBuilder(channels, size, size);
    int pooled = graph.add("pool", new Op.GlobalPool(Op.Reduction.AVERAGE), 0);
    int gate = graph.add("gate", new Op.Multiply(), 0, pooled);
    return steps(graph, graph.conv("conv", gate, filters, Window.of(1, 1)));
  }

  private static View view(Plan plan, String name) {
    return plan.network().graph().nodes().stream()
        .filter(node -> node.name().equals(name))
        .map(node -> plan.views().get(node.id()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " of " + plan.network().graph().nodes()));
  }

  /** The kernels behind the shuffle. */
  private List<String> steps(int... outputs) {
    return steps(graph, outputs);
  }

  private static List<String> steps(GraphBuilder graph, int... outputs) {
    return Planner.plan(CompiledGraph.improved(graph.build(outputs))).steps().stream()
        .map(step -> name(step.kernel()))
        .filter(kernel -> !kernel.equals("Shuffle") && !kernel.equals("ClearHalo"))
        .toList();
  }

  /** Its prologue, then conv; of other kernels the record's name. */
  private static String name(Kernel kernel) {
    return kernel instanceof TiledConv(var _, var _, Prologue prologue, var _, var _)
        ? switch (prologue) {
          case Prologue.None() -> "Conv";
          case Prologue.Scale _ -> "ScaledConv";
          case Prologue.Gate() -> "GatedConv";
        }
        : kernel.getClass().getSimpleName();
  }
}
