package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tiles of sums that never lie in memory: one flat loop over what a pixel reads, then the residual,
 * the activation, and a store to where the result belongs.
 *
 * <p>Beside {@link TileKernels}, whose sums a loop of its own finishes: for convs that read in one
 * run, and activations of so few statements that the method stays small. Their tiles are lower, for
 * behind 24 sums C2 makes objects of vectors (mobilenet_v2 took 234 ms for 7). A tile of 64
 * channels takes an eighth less time so.
 */
final class FinishedTiles {
  private FinishedTiles() {}

  /** What is read: a run of channels, or what a list says. */
  enum Reads {
    RUN(""),
    LIST("listed");

    private final String prefix;

    Reads(String prefix) {
      this.prefix = prefix;
    }

    private HotLoop loop() {
      return switch (this) {
        case RUN -> HotLoop.OF_RUN;
        case LIST -> HotLoop.OF_LIST;
      };
    }
  }

  /**
   * Sends a block of pixels to the method for the layer's epilogue.
   *
   * @param others whether what reads in several runs, or ends otherwise, goes on behind
   * @param calls gets the methods that are called
   */
  static String choice(
      Lanes lanes,
      Tile tile,
      Reads reads,
      Collection<Epilogue> epilogues,
      boolean others,
      List<KernelMethod> calls) {
    String weights = PanelReads.of(lanes, tile).passed("w");
    StringBuilder arms = new StringBuilder();
    for (Epilogue epilogue : epilogues) {
      KernelMethod panel = panel(lanes, low(tile, lanes), reads, epilogue);
      calls.add(panel);
      Template arm =
          others
              ? new Template(
                  """
                  case ${constant} -> {
                    ${panel}(at, count, ${reads}, ${weights}, bias, k);
                    return;
                  }
                  """)
              : new Template(
                  "case ${constant} -> ${panel}(at, count, ${reads}, ${weights}, bias, k);\n");
      arms.append(
          arm.with("constant", TileFinish.constant(epilogue))
              .with("panel", panel.name())
              .with("reads", reads.loop().count())
              .with("weights", weights)
              .filled());
    }
    String choice =
        new Template(
                """
                switch (finish) {
                  ${arms}
                  default -> ${others}
                }
                """)
            .with("arms", arms)
            .with("others", others ? "{}" : "throw new IllegalStateException();")
            .filled();
    return others && reads == Reads.RUN
        ? new Template(
                """
                if (segments == 1) {
                  ${choice}
                }
                """)
            .with("choice", choice)
            .filled()
        : choice;
  }

  /** As wide, with sixteen sums at most, or twenty where an odd pixel goes with four others. */
  private static Tile low(Tile tile, Lanes lanes) {
    return lanes.floats() < 16
        ? tile
        : switch (tile.vectors()) {
          case 4, 3 -> new Tile(4, tile.vectors());
          default -> tile;
        };
  }

  private static String name(String verb, Reads reads, Epilogue epilogue, Tile tile) {
    return verb(verb, reads) + TileKernels.size(tile) + TileFinish.suffix(epilogue);
  }

  private static String verb(String verb, Reads reads) {
    return reads.prefix.isEmpty() ? verb : reads.prefix + KernelMethod.capital(verb);
  }

  private static KernelMethod panel(Lanes lanes, Tile tile, Reads reads, Epilogue epilogue) {
    PanelReads weights = PanelReads.of(lanes, tile);
    List<KernelMethod> calls = new ArrayList<>();
    for (Tile one : TileKernels.heights(tile)) {
      calls.add(conv(lanes, one, reads, epilogue));
    }
    return new KernelMethod(
        Role.PART,
        "All pixels of a block, %s outputs from k on%s."
            .formatted(tile.outputs(lanes.floats()), says(epilogue)),
        "void",
        name("panel", reads, epilogue, tile),
        "int[] at, int count, int %s, %s, int bias, int k"
            .formatted(reads.loop().count(), weights.declared()),
        TileKernels.each(
            tile,
            new Template("${verb}${size}${end}(at, p, ${count}, ${weights}, bias, k);\n")
                .with("verb", verb("conv", reads))
                .with("weights", weights.passed("w"))
                .with("end", TileFinish.suffix(epilogue))
                .with("count", reads.loop().count())),
        calls);
  }

  /** What becomes of a sum, in words. */
  static String says(Epilogue epilogue) {
    return (epilogue.residual() ? ", with the residual" : "")
        + (epilogue.activates()
            ? ", through {@code " + epilogue.activation().description().text() + "}"
            : "");
  }

  private static KernelMethod conv(Lanes lanes, Tile tile, Reads reads, Epilogue epilogue) {
    return new KernelMethod(
        Role.PART,
        new Template(
                """
                ${tile} of outputs: {@code bias[k] + sum of x[i][c] * w[c][k]}${finish}, to where they
                belong.
                """)
            .with("tile", TileKernels.words(tile, "pixel"))
            .with("finish", says(epilogue))
            .filled(),
        "void",
        name("conv", reads, epilogue, tile),
        "int[] at, int p, int %s, %s, int bias, int k"
            .formatted(reads.loop().count(), PanelReads.of(lanes, tile).declared()),
        reads.loop().fromStart(lanes, tile, "bias", stores(lanes, tile, epilogue)),
        List.of());
  }

  /**
   * All residuals are read before the first result is stored: both may lie in one place, and the
   * last pixel may stand in a tile several times. Then each sum is activated and stored before the
   * next. With all activations before the first store, 12 sums at 256 bits spilled in the hot loop:
   * relu6 took 2.5 times as long.
   */
  private static List<String> stores(Lanes lanes, Tile tile, Epilogue epilogue) {
    List<String> residuals = new ArrayList<>();
    List<String> stores = new ArrayList<>();
    for (int i = 0; i < tile.pixels(); i++) {
      if (epilogue.residual()) {
        residuals.add("int r%1$s = at[2 * PLACES + p + %1$s] + k;".formatted(i));
      }
      stores.add("int z%1$s = at[PLACES + p + %1$s] + k;".formatted(i));
      for (int v = 0; v < tile.vectors(); v++) {
        String sum = "y%s_%s".formatted(i, v);
        int output = v * lanes.floats();
        if (epilogue.residual()) {
          residuals.add("%1$s = @add(%1$s, @load(arena, r%2$s + %3$s));".formatted(sum, i, output));
        }
        InlineFormula.Written activation =
            InlineFormula.of(epilogue.activation(), sum).orElseThrow();
        stores.addAll(activation.statements());
        stores.add("@store(%s, arena, z%s + %s);".formatted(activation.result(), i, output));
      }
    }
    residuals.addAll(stores);
    return residuals;
  }
}
