package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.kernel.Depthwise;
import java.util.ArrayList;
import java.util.List;

/** Depthwise convs: vectors over channels, four pixels of a row at a time. */
final class DepthwiseKernel {

  /** Pixels in one go: enough independent sums to hide the latency of a multiply-add. */
  private static final int PIXELS = 4;

  private DepthwiseKernel() {}

  /** Windows of any kind. */
  static KernelText text(Depthwise conv) {
    Entry entry = entry(conv, "");
    KernelMethod method = method(entry, conv);
    return new KernelText(entry, List.of(), _ -> method);
  }

  /** The entry for some windows. */
  static Entry entry(Depthwise conv, String windows) {
    return Entry.of(
        name(conv, windows),
        Parameter.read("x", 0),
        Parameter.window(conv.window()),
        Parameter.weight("w", 0),
        Parameter.weight("bias", 1),
        Parameter.residual(conv.epilogue()),
        Parameter.write("y"));
  }

  private static String name(Depthwise conv, String windows) {
    return FunctionKernels.after(
        "depthwise" + windows + (conv.epilogue().residual() ? "Add" : ""),
        conv.epilogue().activation());
  }

  /** With four sums in registers: a long formula of each would be too much for C2 to inline. */
  private static KernelMethod method(Entry entry, Depthwise conv) {
    Epilogue epilogue = conv.epilogue();
    List<KernelMethod> calls = new ArrayList<>();
    String activated = "";
    if (!conv.finishesInRegisters()) {
      calls.add(DepthwiseStrips.activate(epilogue.activation()));
      activated =
          "%s(z0, y.pixel(), Math.min(%s, y.width() - column), padded);\n"
              .formatted(calls.getFirst().name(), PIXELS);
    }
    StringBuilder begin = new StringBuilder();
    StringBuilder places = new StringBuilder();
    StringBuilder step = new StringBuilder();
    // All are read before any result is stored: the output may take the residual's place.
    StringBuilder residuals = new StringBuilder();
    List<String> ends = new ArrayList<>();
    for (int i = 0; i < PIXELS; i++) {
      places.append(
          new Template(
                  """
                  int column${pixel} = Math.min(column + ${pixel}, last);
                  int x${pixel} = corner + column${pixel} * advance;
                  int z${pixel} = y.offset() + row * y.line() + column${pixel} * y.pixel();
                  """)
              .with("pixel", i)
              .filled());
      if (epilogue.residual()) {
        residuals.append(
            new Template("y${pixel} = @add(y${pixel}, @load(arena, r${pixel} + c));\n")
                .with("pixel", i)
                .filled());
        places.append(
            new Template(
                    "int r${pixel} = residual.offset() + row * residual.line() + column${pixel} *"
                        + " residual.pixel();\n")
                .with("pixel", i)
                .filled());
      }
      begin.append("V y%s = @load(weights, bias + c);\n".formatted(i));
      step.append(
          new Template("y${pixel} = @mac(@load(arena, x${pixel} + tap + c), t, y${pixel});\n")
              .with("pixel", i)
              .filled());
      ends.add("z%s + c".formatted(i));
    }
    return entry.method(
        """
        Rows {@code from} to {@code upTo} of a conv with one filter a channel, four pixels of a row
        at a time; the last four repeat the last pixel.
        """,
        new Template(
                """
                int padded = ${padded};
                int last = y.width() - 1;
                int advance = window.strideWidth() * x.pixel();
                for (int row = from; row < upTo; row++) {
                  int corner =
                      x.offset()
                          + (row * window.strideHeight() - window.top()) * x.line()
                          - window.left() * x.pixel();
                  for (int column = 0; column <= last; column += ${pixels}) {
                    ${places}
                    for (int c = 0; c < padded; c += $L) {
                      ${begin}
                      for (int i = 0; i < window.height(); i++) {
                        int line = i * window.dilationHeight() * x.line();
                        for (int j = 0; j < window.width(); j++) {
                          int tap = line + j * window.dilationWidth() * x.pixel();
                          V t = @load(weights, w + (i * window.width() + j) * padded + c);
                          ${step}
                        }
                      }
                      ${residuals}
                      ${end}
                    }
                    ${activated}
                  }
                }
                """)
            .with("padded", TileKernels.padded("y.channels()"))
            .with("pixels", PIXELS)
            .with("places", places)
            .with("begin", begin)
            .with("step", step)
            .with("residuals", residuals)
            .with("end", InlineFormula.stores(epilogue.activation(), ends))
            .with("activated", activated)
            .filled(),
        calls);
  }
}
