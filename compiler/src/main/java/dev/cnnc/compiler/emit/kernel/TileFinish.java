package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.kernel.ShortEpilogue;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What a layer does to the sums of some pixels: adds, activates, stores them where they belong. */
final class TileFinish {

  private static final KernelMethod ADD =
      new KernelMethod(
          Role.PART,
          "Adds the residuals of a tile to its sums, before a long activation.",
          "void",
          "addResidual",
          "int[] at, int p, int k, int pixels, int width, int sums",
          """
          for (int i = 0; i < pixels; i++) {
            int r = at[2 * PLACES + p + i] + k;
            int s = sums + i * width;
            for (int j = 0; j < width; j += $L) {
              @store(@add(@load(arena, s + j), @load(arena, r + j)), arena, s + j);
            }
          }
          """,
          List.of());

  private TileFinish() {}

  /** Name of the constant that says what happens to the sums of a tile. */
  static String constant(Epilogue epilogue) {
    String function = FunctionKernels.name(epilogue.activation());
    String name = function.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    if (!epilogue.residual()) {
      return !epilogue.activates() ? "STORE" : name;
    }
    return !epilogue.activates() ? "ADD" : "ADD_" + name;
  }

  /** The method that sends a tile's sums on, and one for each way to do so. */
  static KernelMethod of(Lanes lanes, Collection<Epilogue> epilogues) {
    List<KernelMethod> calls = new ArrayList<>();
    String choice =
        DenseFinish.choice(
            epilogues,
            epilogue -> store(lanes, epilogue),
            ADD,
            "at, p, k, pixels, width, sums",
            calls);
    calls.add(DenseFinish.of(epilogues));
    return new KernelMethod(
        Role.PART,
        "What a layer does to the sums of {@code pixels} pixels by {@code width} outputs.",
        "void",
        "finish",
        "Finish finish, int[] at, int p, int k, int pixels, int width, int sums",
        new Template(
                """
                int last = p + pixels - 1;
                int reach = (pixels - 1) * width;
                if (at[PLACES + last] - at[PLACES + p] == reach
                    && at[2 * PLACES + last] - at[2 * PLACES + p] == reach) {
                  finishDense(finish, at[PLACES + p] + k, at[2 * PLACES + p] + k, sums, reach + width);
                  return;
                }
                ${choice}
                """)
            .with("choice", choice)
            .filled(),
        calls);
  }

  /** What an epilogue adds to a method's name. */
  static String suffix(Epilogue epilogue) {
    if (!epilogue.activates()) {
      return epilogue.residual() ? "Add" : "Store";
    }
    String function = KernelMethod.capital(FunctionKernels.name(epilogue.activation()));
    return epilogue.residual() ? "Add" + function : function;
  }

  /** Name of the method that stores a tile's sums. */
  static String storeName(Epilogue epilogue) {
    return "finish" + suffix(epilogue);
  }

  private static KernelMethod store(Lanes lanes, Epilogue epilogue) {
    boolean activates = epilogue.activates();
    List<KernelMethod> calls =
        activates ? List.of(InlineFormula.ofSum(epilogue.activation())) : List.of();
    String value = epilogue.residual() ? "@add(sum, @load(arena, r + j))" : "sum";
    String result = activates ? "%s(%s)".formatted(calls.getFirst().name(), value) : value;
    return new KernelMethod(
        Role.PART,
        "Stores the sums of a tile%s.".formatted(FinishedTiles.says(epilogue)),
        "void",
        storeName(epilogue),
        "int[] at, int p, int k, int pixels, int width, int sums",
        wide(lanes, epilogue)
            + new Template(
                    """
                    for (int i = 0; i < pixels; i++) {
                      int y = at[PLACES + p + i] + k;
                      ${residual}
                      for (int j = 0; j < width; j += $L) {
                        V sum = @load(arena, sums + i * width + j);
                        @store(${result}, arena, y + j);
                      }
                    }
                    """)
                .with(
                    "residual", epilogue.residual() ? "int r = at[2 * PLACES + p + i] + k;\n" : "")
                .with("result", result)
                .filled(),
        calls);
  }

  /**
   * The sums of the widest tile written out, if what is done to them is short: a loop over three or
   * four vectors costs as much as what it does.
   */
  private static String wide(Lanes lanes, Epilogue epilogue) {
    if (!ShortEpilogue.is(epilogue)) {
      return "";
    }
    int vectors = Tile.of(Tile.Use.CONV, lanes.floats()).getFirst().vectors();
    List<String> sums = new ArrayList<>();
    List<String> added = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (int v = 0; v < vectors; v++) {
      String output = v == 0 ? "" : " + " + v * lanes.floats();
      sums.add("V y%s = @load(arena, s%s);".formatted(v, output));
      added.add(
          new Template("y${vector} = @add(y${vector}, @load(arena, r${output}));")
              .with("vector", v)
              .with("output", output)
              .filled());
      places.add("y" + output);
    }
    if (epilogue.residual()) {
      sums.addFirst("int r = at[2 * PLACES + p + i] + k;");
      sums.addAll(added);
    }
    return new Template(
            """
            if (width == ${width}) {
              for (int i = 0; i < pixels; i++) {
                int s = sums + i * width;
                int y = at[PLACES + p + i] + k;
                ${sums}
                ${stores}
              }
              return;
            }
            """)
        .with("width", vectors * lanes.floats())
        .with("sums", String.join("\n", sums))
        .with("stores", InlineFormula.stores(epilogue.activation(), places))
        .filled();
  }
}
