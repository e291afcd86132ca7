package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.emit.kernel.Need.Sharing;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.kernel.Fc;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An fc whose weights lie in memory in 16 bits, which is what it waits for: a vector of them is two
 * of numbers, widened in registers. The numbers and the order of sums are those of {@link
 * ConvKernels}' fc.
 */
final class FcOfHalvesKernel {
  private final Lanes lanes;

  /** What names end with: the storage. */
  private final String suffix;

  /** A panel is two vectors of outputs. */
  private final int width;

  private FcOfHalvesKernel(Lanes lanes, Storage storage) {
    this.lanes = lanes;
    this.suffix = suffix(storage);
    this.width = 2 * lanes.floats();
  }

  /** An fc whose weights are kept in 16 bits. */
  static KernelText text(Fc fc) {
    Entry entry =
        Entry.tiled("fcOf" + suffix(fc.storage()), Parameter.wholeWindow(), fc.epilogue())
            .summing();
    return new KernelText(
        entry,
        List.of(new Need.InMemory(Sharing.NONE, fc.epilogue())),
        parts -> new FcOfHalvesKernel(parts.lanes(), fc.storage()).method(entry, parts.inMemory()));
  }

  private static String suffix(Storage storage) {
    return switch (storage) {
      case F16 -> "F16";
      case BF16 -> "Bf16";
      case F32 -> throw new IllegalArgumentException("32 bits are no half");
    };
  }

  private KernelMethod method(Entry entry, Collection<Epilogue> epilogues) {
    // Four streams of weights arrive up to 1.5 times as fast as one; narrow vectors wait for none.
    int streams = lanes.floats() < 8 ? 1 : 4;
    KernelMethod finish = TileFinish.of(lanes, epilogues);
    List<KernelMethod> calls = new ArrayList<>(List.of(panels(streams, finish)));
    String loops = loop(streams);
    if (streams > 1) {
      calls.add(panels(1, finish));
      loops += loop(1);
    }
    return ConvKernels.fc(
        entry,
        """
        Blocks {@code from} to {@code upTo} of %s outputs of an fc whose weights lie in 16 bits: of two
        vectors of outputs the first in the lower halves, the second in the upper.
        """
            .formatted(Tile.FC_BLOCK),
        loops,
        calls);
  }

  private String loop(int streams) {
    String outputs = outputs(streams);
    return new Template(
            """
            for (; k${whole} < to; k += ${outputs}) {
              ${panels}(at[0], at, segments, run, w + k / 2 * reduction, bias + k, k, to, finish, sums);
            }
            """)
        .with("whole", streams == 1 ? "" : " + " + (streams - 1) * width)
        .with("outputs", outputs)
        .with("panels", panelsName(streams))
        .filled();
  }

  private String panelsName(int streams) {
    return "panels%sOf%s".formatted(streams, suffix);
  }

  private String gemmName(int streams) {
    return "gemm%sOf%s".formatted(streams, suffix);
  }

  private KernelMethod panels(int streams, KernelMethod finish) {
    String outputs = outputs(streams);
    return new KernelMethod(
        Role.PART,
        "%s outputs of an fc from k on, or fewer up to {@code to}."
            .formatted(lanes.isScalar() ? "A panel of" : outputs),
        "void",
        panelsName(streams),
        "int x, int[] at, int segments, int run, int w, int bias, int k, int to, Finish finish, int"
            + " sums",
        new Template(
                """
                int apart = segments * run * ${side};
                ${products}
                finish(finish, at, 0, k, 1, Math.min(${outputs}, to - k), sums);
                """)
            .with("side", side())
            .with(
                "products",
                lanes.isScalar() ? eachLane(products(streams, " + lane")) : products(streams, ""))
            .with("outputs", outputs)
            .filled(),
        List.of(gemm(streams), finish));
  }

  /** Floats of a panel for a channel: a vector, whose halves are two of outputs. */
  private String side() {
    return lanes.isScalar() ? "lanes" : "$L";
  }

  /** Outputs of some panels. */
  private String outputs(int streams) {
    return lanes.isScalar() ? "2 * lanes" : Integer.toString(streams * width);
  }

  /** The products of a pixel with some panels, or with one lane of a panel. */
  private String products(int streams, String lane) {
    return new Template(
            """
            ${gemm}(x + at[SEGMENTS], run, w${lane}, apart, weights, bias${lane}, sums${lane});
            for (int s = 1; s < segments; s++) {
              ${gemm}(x + at[SEGMENTS + s], run, w + s * run * ${side}${lane}, apart, arena, sums${lane}, sums${lane});
            }
            """)
        .with("gemm", gemmName(streams))
        .with("side", side())
        .with("lane", lane)
        .filled();
  }

  private static String eachLane(String products) {
    return "for (int lane = 0; lane < lanes; lane++) {\n%s}\n".formatted(products);
  }

  /**
   * The numbers that one half of each float stands for. Not a method: with calls the loop takes
   * three times as long. After IEEE 754 the exponent counts from another number, which a factor
   * mends.
   */
  private String widened(String half, int stream) {
    String bits = "@%s%s(h%s)".formatted(half, suffix, stream);
    return suffix.equals("F16") ? "@mul(%s, 0x1p112f)".formatted(bits) : bits;
  }

  private KernelMethod gemm(int streams) {
    List<List<String>> sums = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    for (int stream = 0; stream < streams; stream++) {
      steps.add(
          new Template("V h${stream} = @load(weights, w${stream} + c * ${side});\n")
              .with("side", side())
              .with("stream", stream)
              .filled());
      for (String half : List.of("low", "high")) {
        String weight = half.charAt(0) + "w" + stream;
        steps.add("V %s = %s;\n".formatted(weight, widened(half, stream)));
        steps.add(
            new Template("${sum} = @mac(x0, ${weight}, ${sum});\n")
                .with("sum", half + stream)
                .with("weight", weight)
                .filled());
      }
      sums.add(List.of("low" + stream, "high" + stream));
    }
    return FcKernel.gemm(
        lanes, gemmName(streams), streams == 1 ? "a panel" : streams + " panels", sums, steps);
  }
}
