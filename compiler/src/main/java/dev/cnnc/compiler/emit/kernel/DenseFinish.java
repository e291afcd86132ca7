package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.kernel.ShortEpilogue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a layer does to sums that lie as its results do: one loop over all of them.
 *
 * <p>Methods of their own, for C2 unrolls a loop as its first runs were long, and those over one
 * pixel's sums are short.
 */
final class DenseFinish {

  private static final KernelMethod ADD =
      new KernelMethod(
          Role.PART,
          "Adds residuals to sums that lie side by side, before a long activation.",
          "void",
          "addResidualDense",
          "int y, int r, int sums, int floats",
          """
          for (int j = 0; j < floats; j += $L) {
            @store(@add(@load(arena, sums + j), @load(arena, r + j)), arena, sums + j);
          }
          """,
          List.of());

  private DenseFinish() {}

  /** The method that chooses, and one for each way to finish. */
  static KernelMethod of(Collection<Epilogue> epilogues) {
    List<KernelMethod> calls = new ArrayList<>();
    String choice = choice(epilogues, DenseFinish::store, ADD, "y, r, sums, floats", calls);
    return new KernelMethod(
        Role.PART,
        "What a layer does to sums that lie side by side, as results and residuals do.",
        "void",
        "finishDense",
        "Finish finish, int y, int r, int sums, int floats",
        choice,
        calls);
  }

  /**
   * Calls the method of the layer's epilogue, each of which goes to {@code calls}.
   *
   * <p>A long activation has one call, with and without a residual: C2 inlines all calls that are
   * hot, and two exponentials in one method pass its limit of nodes, behind which vectors are
   * objects. So {@code add} adds the residual before.
   */
  static String choice(
      Collection<Epilogue> epilogues,
      Function<Epilogue, KernelMethod> store,
      KernelMethod add,
      String arguments,
      List<KernelMethod> calls) {
    List<String> added = new ArrayList<>();
    Map<Epilogue, List<String>> constants = new LinkedHashMap<>();
    for (Epilogue epilogue : epilogues) {
      boolean adds = epilogue.residual() && !ShortEpilogue.is(epilogue);
      Epilogue rest = adds ? new Epilogue(false, epilogue.activation()) : epilogue;
      String constant = TileFinish.constant(epilogue);
      constants.computeIfAbsent(rest, _ -> new ArrayList<>()).add(constant);
      if (adds) {
        added.add(constant);
      }
    }
    StringBuilder cases = new StringBuilder();
    constants.forEach(
        (epilogue, names) -> {
          KernelMethod method = store.apply(epilogue);
          calls.add(method);
          cases.append(arm(names, method, arguments));
        });
    if (added.isEmpty()) {
      return choice(cases);
    }
    calls.add(add);
    return choice(arm(added, add, arguments)) + choice(cases);
  }

  private static String choice(CharSequence cases) {
    return new Template(
            """
            switch (finish) {
              ${cases}
            }
            """)
        .with("cases", cases)
        .filled();
  }

  private static String arm(List<String> constants, KernelMethod method, String arguments) {
    return new Template("case ${constants} -> ${method}(${arguments});\n")
        .with("constants", String.join(", ", constants))
        .with("method", method.name())
        .with("arguments", arguments)
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
