package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * What a layer does to sums that lie as its results do: one loop over all of them.
 *
 * <p>Methods of their own, for C2 unrolls a loop as its first runs were long, and those over one
 * pixel's sums are short.
 */
final class DenseFinish {

  private DenseFinish() {}

  /** The method that chooses, and one for each way to finish. */
  static KernelMethod of(Collection<Epilogue> epilogues) {
    List<KernelMethod> calls = new ArrayList<>();
    String choice = choice(epilogues, DenseFinish::store, "y, r, sums, floats", calls);
    return new KernelMethod(
        Role.PART,
        "What a layer does to sums that lie side by side, as results and residuals do.",
        "void",
        "finishDense",
        "Finish finish, int y, int r, int sums, int floats",
        choice,
        calls);
  }

  /** Calls the method of the layer's epilogue, each of which goes to {@code calls}. */
  static String choice(
      Collection<Epilogue> epilogues,
      Function<Epilogue, KernelMethod> store,
      String arguments,
      List<KernelMethod> calls) {
    StringBuilder cases = new StringBuilder();
    for (Epilogue epilogue : epilogues) {
      KernelMethod method = store.apply(epilogue);
      calls.add(method);
      cases.append(
          new Template("case ${constant} -> ${method}(${arguments});\n")
              .with("constant", TileFinish.constant(epilogue))
              .with("method", method.name())
              .with("arguments", arguments)
              .filled());
    }
    return new Template(
            """
            switch (finish) {
              ${cases}
            }
            """)
        .with("cases", cases)
        .filled();
  }

  private static KernelMethod store(Epilogue epilogue) {
    boolean activates = epilogue.activates();
    List<KernelMethod> calls =
        activates ? List.of(InlineFormula.ofSum(epilogue.activation())) : List.of();
    String value =
        epilogue.residual()
            ? "@add(@load(arena, sums + j), @load(arena, r + j))"
            : "@load(arena, sums + j)";
    String result = activates ? "%s(%s)".formatted(calls.getFirst().name(), value) : value;
    return new KernelMethod(
        Role.PART,
        "As {@code %s}, for sums and results side by side."
            .formatted(TileFinish.storeName(epilogue)),
        "void",
        TileFinish.storeName(epilogue) + "Dense",
        "int y, int r, int sums, int floats",
        new Template(
                """
                final float[] arena = this.arena;
                for (int j = 0; j < floats; j += $L) {
                  @store(${result}, arena, y + j);
                }
                """)
            .with("result", result)
            .filled(),
        calls);
  }
}
