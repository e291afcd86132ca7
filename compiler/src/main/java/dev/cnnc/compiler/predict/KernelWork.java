package dev.cnnc.compiler.predict;

import dev.cnnc.compiler.plan.Step;
import dev.cnnc.compiler.plan.kernel.Attention;
import dev.cnnc.compiler.plan.kernel.ConvTranspose;
import dev.cnnc.compiler.plan.kernel.Depthwise;
import dev.cnnc.compiler.plan.kernel.Fc;
import dev.cnnc.compiler.plan.kernel.Flatten;
import dev.cnnc.compiler.plan.kernel.GroupNorm;
import dev.cnnc.compiler.plan.kernel.GroupedConv;
import dev.cnnc.compiler.plan.kernel.GroupedStrips;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.plan.kernel.PlanarConv;
import dev.cnnc.compiler.plan.kernel.PlanarPool;
import dev.cnnc.compiler.plan.kernel.Prologue;
import dev.cnnc.compiler.plan.kernel.Reading;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import dev.cnnc.compiler.plan.kernel.SpaceToDepth;
import dev.cnnc.compiler.plan.kernel.StripConv;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import dev.cnnc.compiler.plan.kernel.Walk;
import dev.cnnc.compiler.plan.kernel.Winograd;
import dev.cnnc.compiler.plan.kernel.WinogradConv;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;

/** The work of each kernel, beside what all have. */
final class KernelWork {
  private KernelWork() {}

  /** Adds the work of a step; returns its kind. */
  static String add(Step step, Amounts to) {
    View x = step.reads().isEmpty() ? step.write() : step.reads().getFirst();
    View y = step.write();
    return switch (step.kernel()) {
      case TiledConv conv -> tiled(conv, x, y, to);
      case WinogradConv conv -> winograd(conv, x, y, to);
      case Depthwise conv -> depthwise(conv, y, to);
      case GroupedConv conv -> grouped(conv, y, to);
      case GroupedStrips conv -> {
        to.add("rows", (double) y.height() * conv.window().height() * y.channels() / Tile.OUTPUTS);
        to.epilogue(conv.epilogue(), y);
        yield name(conv) + (conv.isButterfly() ? " butterfly" : conv.isWide() ? " wide" : "");
      }
      case Fc fc -> {
        to.epilogue(fc.epilogue(), y);
        yield name(fc) + " " + fc.storage();
      }
      case Attention attention -> {
        double tokens = pixels(y);
        to.add("scores", attention.heads() * tokens * tokens);
        to.add("packed", tokens * y.channels());
        yield name(attention);
      }
      case StripConv conv -> {
        to.epilogue(conv.epilogue(), y);
        to.add("rows", (double) y.height() * conv.window().height() * x.channels());
        yield name(conv);
      }
      case PlanarConv conv -> {
        double vectors = (double) y.channels() * y.height() * Math.ceilDiv(y.width(), to.lanes());
        to.add("vectors", vectors);
        to.add("sums", vectors * conv.window().taps() * x.channels());
        to.activation(conv.function(), vectors);
        yield name(conv);
      }
      case ConvTranspose conv -> {
        to.add("vectors", to.vectors(pixels(y), y.channels()));
        yield name(conv);
      }
      case GroupNorm norm -> {
        to.add("vectors", to.vectors(pixels(y), y.channels()));
        yield name(norm);
      }
      case SpaceToDepth squares -> name(squares);
      case Flatten flatten -> name(flatten);
      case PlanarPool pool -> {
        to.add("taps", (double) y.size() * pool.window().taps() / to.lanes());
        yield name(pool);
      }
      case Walk walk -> name(walk);
      case RowByRow.Plain plain -> PlainWork.add(plain, step, to);
    };
  }

  static String name(Kernel kernel) {
    return kernel.getClass().getSimpleName();
  }

  static double pixels(View view) {
    return (double) view.height() * view.width();
  }

  private static String tiled(TiledConv conv, View x, View y, Amounts to) {
    double reduction = (double) conv.window().taps() * x.channels();
    int pixels = y.height() * y.width();
    int blocks = Math.ceilDiv(pixels, conv.block());
    boolean registers = conv.finishesInRegisters() && conv.prologue() instanceof Prologue.None;
    double runs =
        conv.reading() == Reading.LISTED
            ? 1
            : x.pixel() == x.channels() ? conv.window().height() : conv.window().taps();
    int left = pixels;
    for (int block = 0; block < blocks; block++) {
      int count = Math.min(left, conv.block());
      to.tiles(
          conv.reading().use(),
          y.channels(),
          count,
          reduction,
          runs,
          1,
          registers ? tile -> low(tile, to.lanes()) : tile -> tile);
      left -= count;
    }
    to.add("blocks", blocks);
    to.again(blocks);
    to.epilogue(conv.epilogue(), y);
    String prologue =
        switch (conv.prologue()) {
          case Prologue.None() -> "";
          case Prologue.Scale scale -> {
            double vectors = to.vectors(pixels, x.channels());
            to.add("prepared", vectors);
            to.activation(scale.function(), vectors);
            yield " scaled";
          }
          case Prologue.Gate() -> {
            to.add("prepared", to.vectors(pixels, x.channels()));
            yield " gated";
          }
        };
    return name(conv)
        + " "
        + conv.reading()
        + (registers ? " in registers" : conv.window().taps() == 1 ? " of one pixel" : "")
        + prologue;
  }

  /** The tile of a conv whose sums never lie in memory. */
  private static Tile low(Tile tile, int lanes) {
    return lanes == 16 && tile.vectors() > 2 ? new Tile(4, tile.vectors()) : tile;
  }

  private static String winograd(WinogradConv conv, View x, View y, Amounts to) {
    Winograd tile = conv.tile();
    double products = tile.products();
    int tiles = Math.ceilDiv(y.height(), conv.rows()) * Math.ceilDiv(y.width(), conv.columns());
    int blocks = Math.ceilDiv(tiles, conv.block());
    // Products that only outputs beyond the edge would need are spared.
    double done =
        (double) tile.down().products(y.height())
            * tile.across().products(y.width())
            / (products * tiles);
    int left = tiles;
    double values = products * conv.block() * Tile.padded(x.channels()) * Float.BYTES;
    for (int block = 0; block < blocks; block++) {
      int count = Math.min(left, conv.block());
      to.tiles(Tile.Use.CONV, y.channels(), count, x.channels(), 1, products * done, each -> each);
      int panels = Tile.cover(Tile.Use.CONV, to.lanes(), Tile.padded(y.channels())).size();
      to.bytes("values", panels * products * count * x.channels() * Float.BYTES, values);
      left -= count;
    }
    to.again(blocks);
    double longest = Math.max(6, Math.max(tile.down().longest(), tile.across().longest()));
    to.add("spread", to.vectors(tiles * products, Tile.padded(x.channels())));
    to.add("spread longest", longest * to.vectors(tiles * products, Tile.padded(x.channels())));
    to.add("collected", to.vectors(tiles * products, Tile.padded(y.channels())));
    to.epilogue(conv.epilogue(), y);
    boolean both = conv.rows() > 1 && conv.columns() > 1;
    boolean strided = conv.window().strideHeight() > 1 || conv.window().strideWidth() > 1;
    return name(conv) + (both ? " squares" : " lines") + (strided ? " strided" : "");
  }

  private static String depthwise(Depthwise conv, View y, Amounts to) {
    int taps = conv.window().taps();
    double vectors = to.vectors(y.height(), Tile.padded(y.channels()));
    double across =
        switch (conv.form()) {
          case PIXELS -> y.width();
          case STRIPS -> {
            int strip = conv.strip(to.lanes());
            yield (double) Math.ceilDiv(y.width(), strip) * strip;
          }
          case SLIDING -> y.width() + (conv.window().width() - 1) / 2.0;
        };
    to.add("sums", vectors * across * taps);
    to.add("rows", vectors);
    to.epilogue(conv.epilogue(), y);
    return name(conv)
        + " "
        + conv.form()
        + (conv.form() == Depthwise.Form.STRIPS && conv.inBlocks() ? " in blocks" : "")
        + (conv.finishesInRegisters() ? "" : " in memory");
  }

  private static String grouped(GroupedConv conv, View y, Amounts to) {
    double reduction = (double) conv.window().taps() * conv.span();
    double pixels = pixels(y);
    int slices = Math.ceilDiv(y.channels(), Tile.OUTPUTS);
    to.tiles(
        Tile.Use.GROUPED_CONV,
        Tile.OUTPUTS,
        pixels,
        reduction,
        conv.window().height(),
        slices,
        tile -> tile);
    to.add("sliced", to.vectors(pixels * slices, conv.span()));
    to.epilogue(conv.epilogue(), y);
    return name(conv);
  }
}
