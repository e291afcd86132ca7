package dev.cnnc.cli;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.emit.kernel.Texts;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Explanation;
import dev.cnnc.compiler.plan.PackedAgain;
import dev.cnnc.compiler.plan.kernel.Kernel;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What the passes declined, and what each layer's kernel was chosen from. */
final class ExplanationText {
  private ExplanationText() {}

  static void print(Compilation.Result result, PrintWriter out) {
    List<Network> sizes = result.sizes();
    for (int size = 0; size < sizes.size(); size++) {
      Graph written = sizes.get(size).graph();
      if (sizes.size() > 1) {
        out.println((size == 0 ? "" : "\n") + "input " + written.node(0).shape());
      }
      Passes.run(written).forEach(step -> print(step, out));
      out.println(
          "Kernels, as the emitted class calls them, in the order of preference, with their"
              + " estimated time in millions of multiply-adds:");
      List<PackedAgain> again = PackedAgain.of(result.backend().plans(), size);
      if (!again.isEmpty()) {
        out.println("  packed again: " + AgainText.of(again));
      }
      Explanation.of(result.backend().plans().get(size)).forEach(layer -> print(layer, out));
    }
  }

  private static void print(Passes.Step step, PrintWriter out) {
    out.println("%s: %s".formatted(step.pass().name(), step.pass().reason()));
    if (step.refusals().isEmpty()) {
      out.println("  declined nothing");
    }
    step.refusals()
        .forEach(
            refusal ->
                out.println(
                    "  declined %s (%s): %s"
                        .formatted(
                            refusal.node().name(),
                            refusal.node().origin().span(),
                            refusal.reason())));
  }

  private static void print(Explanation layer, PrintWriter out) {
    String applies = layer.applied().map(node -> ", which applies " + node.name()).orElse("");
    out.println(
        "  %s (%s): %s%s"
            .formatted(
                layer.node().name(), layer.node().origin().span(), name(layer.taken()), applies));
    layer.ways().stream()
        .filter(_ -> layer.ways().size() > 1)
        .forEach(
            way ->
                out.println(
                    "    %s %s: %s"
                        .formatted(
                            way.kernel().equals(layer.taken()) ? "taken  " : "offered",
                            name(way.kernel()),
                            estimate(way.cost()))));
  }

  private static String name(Kernel kernel) {
    return Texts.of(kernel).entry().name();
  }

  private static String estimate(OptionalDouble cost) {
    return cost.isPresent()
        ? String.format(Locale.ROOT, "%.2f", cost.getAsDouble() / 1e6)
        : "the best wherever it fits";
  }
}
