package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.plan.kernel.PlanarConv;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * Convs of few channels to few outputs, from planar values to planar values: vectors run along
 * rows, so that no lane is idle for want of outputs. The last vector of a row lies over the one
 * before.
 */
final class PlanarConvKernel {

  private PlanarConvKernel() {}

  static KernelText text(PlanarConv conv) {
    Entry entry =
        Entry.withScratch(
            FunctionKernels.after("planarConvOf" + conv.outputs(), conv.function()),
            Parameter.read("x", 0),
            Parameter.window(conv.window()),
            Parameter.number("band", conv.band()),
            Parameter.weight("w", 0),
            Parameter.weight("bias", 1),
            Parameter.write("y"));
    return new KernelText(entry, List.of(), parts -> method(entry, parts.lanes(), conv));
  }

  private static KernelMethod method(Entry entry, Lanes lanes, PlanarConv conv) {
    List<KernelMethod> calls = new ArrayList<>(List.of(FewChannelsKernel.LIST));
    StringBuilder sums = new StringBuilder();
    int most = most(lanes, conv.outputs());
    for (int k = 0; k < conv.outputs(); k += most) {
      KernelMethod rows = rows(lanes, Math.min(most, conv.outputs() - k));
      calls.add(rows);
      String weights =
          lanes.isScalar()
              ? "w + %1$s / line * line * reads + %1$s %% line, line".formatted(k)
              : "w + " + k;
      sums.append(
          k == 0
              ? "%s(at, reads, x0, x1, %s, bias, y0, y1, y.plane());\n"
                  .formatted(rows.name(), lanes.isScalar() ? "w, line" : "w")
              : new Template(
                      "${rows}(at, reads, x0, x1, ${weights}, bias + ${k}, y0 + ${k} *"
                          + " y.plane(), y1 + ${k} * y.plane(), y.plane());\n")
                  .with("rows", rows.name())
                  .with("weights", weights)
                  .with("k", k)
                  .filled());
    }
    String activated = "";
    if (!(conv.function() instanceof Activation.Identity)) {
      KernelMethod along = along(conv.function());
      calls.add(along);
      activated =
          new Template(
                  """
                  int rows = y.line() == y.width() ? end - first : 1;
                  for (int channel = 0; channel < y.channels(); channel++) {
                    int y0 = y.offset() + channel * y.plane();
                    for (int row = first; row < end; row += rows) {
                      ${along}(y0 + row * y.line(), rows * y.width());
                    }
                  }
                  """)
              .with("along", along.name())
              .filled();
    }
    return entry.method(
        """
        Rows {@code from} to {@code upTo} of a conv of few channels to few outputs, all planar;
        {@code band} of them are computed before they are activated.
        """,
        new Template(
                """
                int[] at = this.at[worker];
                ${line}
                int reads = list(x, window, x.channels(), at);
                int corner = x.offset() - window.top() * x.line() - window.left();
                int last = y.width() - $L;
                for (int first = from; first < upTo; first += band) {
                  int end = Math.min(first + band, upTo);
                  for (int row = first; row < end; row += 2) {
                    int down = row + 1 < end ? 1 : 0;
                    for (int column = 0; column < y.width(); column += $L) {
                      int start = Math.min(column, last);
                      int x0 = corner + row * window.strideHeight() * x.line() + start;
                      int x1 = x0 + down * window.strideHeight() * x.line();
                      int y0 = y.offset() + row * y.line() + start;
                      int y1 = y0 + down * y.line();
                      ${sums}
                    }
                  }
                  ${activate}
                }
                """)
            .with(
                "line",
                lanes.isScalar()
                    ? "int line = Math.min(%s, %s);"
                        .formatted(PanelReads.widest(Tile.Use.CONV), Tile.OUTPUTS)
                    : "")
            .with("sums", sums)
            .with("activate", activated)
            .filled(),
        calls);
  }

  /** As many outputs in one go as registers allow. */
  private static int most(Lanes lanes, int outputs) {
    return lanes.floats() == 16 ? Math.ceilDiv(outputs, Math.ceilDiv(outputs, 8)) : 4;
  }

  /** Outputs whose weights lie side by side. */
  private static int panel(Lanes lanes) {
    return Tile.cover(Tile.Use.CONV, lanes.floats(), Tile.OUTPUTS)
        .getFirst()
        .outputs(lanes.floats());
  }

  private static KernelMethod rows(Lanes lanes, int outputs) {
    PanelReads panel = new PanelReads(lanes, panel(lanes));
    StringBuilder starts = new StringBuilder();
    StringBuilder steps = new StringBuilder();
    StringBuilder stores = new StringBuilder();
    for (int k = 0; k < outputs; k++) {
      steps.append(
          new Template("V w${k} = @broadcast(weights[w + c * ${panel} + ${k}]);\n")
              .with("k", k)
              .with("panel", panel.line())
              .filled());
      for (int row = 0; row < 2; row++) {
        String sum = "sum%s_%s".formatted(row, k);
        starts.append("V %s = @broadcast(weights[bias + %s]);\n".formatted(sum, k));
        steps.append(
            new Template("${sum} = @mac(v${row}, w${k}, ${sum});\n")
                .with("sum", sum)
                .with("row", row)
                .with("k", k)
                .filled());
        stores.append("@store(%s, arena, y%s + %s * plane);\n".formatted(sum, row, k));
      }
    }
    return new KernelMethod(
        Role.PART,
        "A vector of each of two rows, %s outputs.".formatted(outputs),
        "void",
        "planarRowsOf" + outputs,
        "int[] at, int reads, int x0, int x1, %s, int bias, int y0, int y1, int plane"
            .formatted(panel.declared()),
        new Template(
                """
                final float[] arena = this.arena;
                final float[] weights = this.weights;
                ${starts}
                for (int c = 0; c < reads; c++) {
                  int read = at[SEGMENTS + c];
                  V v0 = @load(arena, x0 + read);
                  V v1 = @load(arena, x1 + read);
                  ${steps}
                }
                ${stores}
                """)
            .with("starts", starts)
            .with("steps", steps)
            .with("stores", stores)
            .filled(),
        List.of());
  }

  /** In place; what the last vector shares with the one before, it reads before that is written. */
  private static KernelMethod along(Activation function) {
    KernelMethod called = FunctionKernels.of(function);
    return new KernelMethod(
        Role.PART,
        "The activation {@code %s} of a vector of floats or more, in place."
            .formatted(function.description().text()),
        "void",
        called.name() + "Along",
        "int y, int floats",
        new Template(
                """
                final float[] arena = this.arena;
                int end = floats - $L;
                V last = ${function}(@load(arena, y + end));
                for (int i = 0; i < end; i += $L) {
                  @store(${function}(@load(arena, y + i)), arena, y + i);
                }
                @store(last, arena, y + end);
                """)
            .with("function", called.name())
            .filled(),
        List.of(called));
  }
}
