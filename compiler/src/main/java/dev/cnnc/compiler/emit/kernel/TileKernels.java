package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tiles of sums in registers: one flat loop over a run of channels, then what the layer does to the
 * sums.
 *
 * <p>The hot loop stands alone in a method per tile, and its sums live in the worker's scratch
 * between the rows of a window: C2 then keeps every operand in a register, where with the loops
 * over the window around it the same tile spilled (33 % instead of 97 % of the peak on Zen 4).
 */
final class TileKernels {

  private TileKernels() {}

  /** All pixels of a block, the outputs of one tile: run by run, a unit of pixels at a time. */
  static KernelMethod panel(Lanes lanes, Tile tile, Finishing finishing) {
    PanelReads reads = PanelReads.of(lanes, tile);
    KernelMethod multiply = multiply(lanes, tile, Start.BIAS);
    KernelMethod accumulate = multiply(lanes, tile, Start.SUMS);
    return panel(
        lanes,
        tile,
        FinishedTiles.Reads.RUN,
        name(tile),
        "int[] at, int count, int segments, int run, %s, int bias, int k, Finish finish, int sums"
            .formatted(reads.declared()),
        new Template(
                """
                ${multiply}(at, first, unit, at[SEGMENTS], run, ${first}, bias, sums);
                for (int s = 1; s < segments; s++) {
                  ${accumulate}(at, first, unit, at[SEGMENTS + s], run, ${next}, sums, sums);
                }
                """)
            .with("multiply", multiply.name())
            .with("accumulate", accumulate.name())
            .with("first", reads.passed("w"))
            .with("next", reads.passed("w + s * run * " + reads.line()))
            .filled(),
        List.of(multiply, accumulate),
        finishing);
  }

  /** The same where every read is listed by itself. */
  static KernelMethod listedPanel(Lanes lanes, Tile tile, Finishing finishing) {
    PanelReads reads = PanelReads.of(lanes, tile);
    KernelMethod multiply = listedMultiply(lanes, tile);
    return panel(
        lanes,
        tile,
        FinishedTiles.Reads.LIST,
        "listed" + KernelMethod.capital(name(tile)),
        "int[] at, int count, int reads, %s, int bias, int k, Finish finish, int sums"
            .formatted(reads.declared()),
        "%s(at, first, unit, reads, %s, bias, sums);\n"
            .formatted(multiply.name(), reads.passed("w")),
        List.of(multiply),
        finishing);
  }

  private static KernelMethod panel(
      Lanes lanes,
      Tile tile,
      FinishedTiles.Reads reads,
      String name,
      String parameters,
      String multiply,
      List<KernelMethod> products,
      Finishing finishing) {
    int width = tile.outputs(lanes.floats());
    List<KernelMethod> calls = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    if (!finishing.inRegisters().isEmpty()) {
      body.append(
          FinishedTiles.choice(
              lanes, tile, reads, finishing.inRegisters(), finishing.inMemory(), calls));
    }
    if (finishing.inMemory()) {
      body.append(units(width, multiply));
      calls.addAll(products);
      calls.add(TileFinish.of(lanes, finishing.others()));
    }
    return new KernelMethod(
        Role.PART,
        "All pixels of a block, %s outputs from k on.".formatted(width),
        "void",
        name,
        parameters,
        body.toString(),
        calls);
  }

  /** Few sums, so that they stay in L1; more than a tile's, so that finishing is one long loop. */
  private static String units(int outputs, String multiply) {
    return new Template(
            """
            int unit;
            for (int first = 0; first < count; first += unit) {
              int left = count - first;
              unit = left == UNIT + 1 ? left : Math.min(UNIT, left);
              ${multiply}
              finish(finish, at, first, k, unit, ${outputs}, sums);
            }
            """)
        .with("multiply", multiply)
        .with("outputs", outputs)
        .filled();
  }

  /** What the sums of a product begin with. */
  enum Start {
    /** The bias, or other numbers among the weights, for all pixels. */
    BIAS("multiply", "gemm"),

    /** Sums that lie side by side. */
    SUMS("accumulate", "accumulateGemm");

    private final String multiply;
    private final String gemm;

    Start(String multiply, String gemm) {
      this.multiply = multiply;
      this.gemm = gemm;
    }

    private String says() {
      return switch (this) {
        case BIAS -> "weights[from + k]";
        case SUMS -> "sums[from][i][k]";
      };
    }
  }

  /** One product of a block's pixels with a panel, into sums that lie side by side. */
  private static KernelMethod multiply(Lanes lanes, Tile tile, Start start) {
    int width = tile.outputs(lanes.floats());
    PanelReads reads = PanelReads.of(lanes, tile);
    String from = start == Start.BIAS ? "from" : "from + p * " + width;
    return new KernelMethod(
        Role.PART,
        """
        The product of {@code count} pixels, listed from {@code first} on, with %s outputs: to {@code
        %s}.
        """
            .formatted(width, start.says()),
        "void",
        "%s%sx%s".formatted(start.multiply, tile.pixels(), tile.vectors()),
        "int[] at, int first, int count, int segment, int run, %s, int from, int sums"
            .formatted(reads.declared()),
        each(
            tile,
            new Template(
                    "${gemm}${size}(at, first + p, segment, run, ${panel}, ${from}, sums + p *"
                        + " ${outputs});\n")
                .with("gemm", start.gemm)
                .with("panel", reads.passed("w"))
                .with("from", from)
                .with("outputs", width)),
        gemms(lanes, tile, start));
  }

  private static KernelMethod listedMultiply(Lanes lanes, Tile tile) {
    int width = tile.outputs(lanes.floats());
    PanelReads reads = PanelReads.of(lanes, tile);
    return new KernelMethod(
        Role.PART,
        "The sums of {@code count} pixels, listed from {@code first} on, and %s outputs."
            .formatted(width),
        "void",
        "listedMultiply%sx%s".formatted(tile.pixels(), tile.vectors()),
        "int[] at, int first, int count, int reads, %s, int bias, int sums"
            .formatted(reads.declared()),
        each(
            tile,
            new Template(
                    "listedGemm${size}(at, first + p, reads, ${panel}, bias, sums + p *"
                        + " ${outputs});\n")
                .with("panel", reads.passed("w"))
                .with("outputs", width)),
        heights(tile).stream().map(one -> listedGemm(lanes, one)).toList());
  }

  /** Pixels of the lower tile that takes the last one too, which alone reads a whole panel. */
  private static final int ODD = 5;

  /** The tile and others of the same width, for what is left of a block at its end. */
  static List<Tile> heights(Tile tile) {
    return IntStream.of(tile.pixels(), 4, ODD, 1)
        .filter(pixels -> pixels <= tile.pixels() || (pixels == ODD && tile.pixels() == 4))
        .distinct()
        .mapToObj(pixels -> new Tile(pixels, tile.vectors()))
        .toList();
  }

  /** The hot loops for a tile and lower ones. */
  static List<KernelMethod> gemms(Lanes lanes, Tile tile, Start start) {
    return heights(tile).stream().map(one -> gemm(lanes, one, start)).toList();
  }

  /**
   * Statements for {@code count} pixels from {@code p} on: whole tiles, one that reaches over the
   * end if much is left, else a lower one. The last eight are two tiles of 4, not one of 6 and half
   * of a 4, and an odd pixel at the end goes with the four before it.
   *
   * @param body for one tile, whose hot loop's name ends with {@code ${size}}
   */
  static String each(Tile tile, Template body) {
    return "int p = 0;\n" + each(tile, "count", body);
  }

  /** The same from wherever p stands to before {@code end}. */
  static String each(Tile tile, String end, Template body) {
    StringBuilder text = new StringBuilder();
    for (Tile one : heights(tile)) {
      Template loop =
          one.pixels() == ODD
              ? new Template(
                      """
                      if (p + ${pixels} == ${end}) {
                        ${body}
                        p += ${pixels};
                      }
                      """)
                  .with("end", end)
              : new Template(
                      """
                      for (; ${next}; p += ${pixels}) {
                        ${body}
                      }
                      """)
                  .with("next", next(one.pixels(), end));
      text.append(
          loop.with("pixels", one.pixels())
              .with("body", body.with("size", size(one)).filled())
              .filled());
    }
    return text.toString();
  }

  /**
   * Whether a tile of {@code pixels} is next: more is left than the next lower one takes, and lower
   * ones do not cover what is left better.
   */
  private static String next(int pixels, String end) {
    String next =
        switch (pixels) {
          case 12 -> "p + 4 < ${end} && p + 13 != ${end}";
          case 8 -> "p + 4 < ${end} && p + 9 != ${end}";
          case 6 -> "p + 4 < ${end} && p + 8 != ${end} && p + 13 != ${end}";
          case 4 -> "p + 1 < ${end} && p + 5 != ${end}";
          case 3, 2 -> "p + 1 < ${end}";
          case 1 -> "p < ${end}";
          default -> throw new IllegalArgumentException(pixels + " pixels");
        };
    return new Template(next).with("end", end).filled();
  }

  /** Name of the method for a tile. */
  static String name(Tile tile) {
    return "panel%sx%s".formatted(tile.pixels(), tile.vectors());
  }

  /**
   * Two methods: only sums that begin alike need a first step, and a start that could be either is
   * 24 loads with 24 checks, 70 cycles of the 500 that a tile with 16 channels takes. Copying the
   * bias to the sums instead cost a tenth of a conv from 64 channels.
   */
  private static KernelMethod gemm(Lanes lanes, Tile tile, Start start) {
    List<String> sums = HotLoop.toSums(lanes, tile);
    return new KernelMethod(
        Role.PART,
        new Template(
                """
                ${tile} of outputs: {@code sums[i][k] = ${start} + sum of x[i][c] * w[c][k]} over a run
                of channels, in order.
                """)
            .with("tile", words(tile, "pixel"))
            .with("start", start.says())
            .filled(),
        "void",
        start.gemm + size(tile),
        "int[] at, int p, int segment, int run, %s, int from, int sums"
            .formatted(PanelReads.of(lanes, tile).declared()),
        switch (start) {
          case BIAS -> HotLoop.OF_SEGMENT.fromStart(lanes, tile, "from", sums);
          case SUMS -> HotLoop.OF_SEGMENT.fromSums(lanes, tile, sums);
        },
        List.of());
  }

  /** The same over everything that a window reads, in the order of the list. */
  private static KernelMethod listedGemm(Lanes lanes, Tile tile) {
    return new KernelMethod(
        Role.PART,
        """
        %s of outputs: {@code sums[i][k] = bias[k] + sum of x[i][read] * w[c][k]}
        over the list of reads.
        """
            .formatted(words(tile, "pixel")),
        "void",
        "listedGemm" + size(tile),
        "int[] at, int p, int reads, %s, int bias, int sums"
            .formatted(PanelReads.of(lanes, tile).declared()),
        HotLoop.OF_LIST.fromStart(lanes, tile, "bias", HotLoop.toSums(lanes, tile)),
        List.of());
  }

  /** The expression for {@code channels}, padded as {@link Tile#padded} pads a number. */
  static String padded(String channels) {
    return "(%s + %s) & -%s".formatted(channels, Tile.OUTPUTS - 1, Tile.OUTPUTS);
  }

  /** {@code 6 pixels by 4 vectors}. */
  static String words(Tile tile, String row) {
    return count(tile.pixels(), row) + " by " + count(tile.vectors(), "vector");
  }

  private static String count(int number, String what) {
    return number == 1 ? "1 " + what : number + " " + what + "s";
  }

  static String size(Tile tile) {
    return "%sx%s".formatted(tile.pixels(), tile.vectors());
  }
}
