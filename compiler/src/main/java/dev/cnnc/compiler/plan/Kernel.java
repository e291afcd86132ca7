package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Layout;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Tile;

/**
 * What a step runs. One record is one kind of kernel in the emitted class, however many layers
 * share it; what differs between layers (places, windows) are its arguments.
 */
public sealed interface Kernel {

  /** Reads: the picture, then the residual if the epilogue adds one. Weights: panels, bias. */
  record Conv(Window window, Reading reading, Epilogue epilogue) implements Kernel {}

  /**
   * As {@link Conv}, from a planar value to a planar one, without a residual.
   *
   * @param band rows that are computed before they are activated
   */
  record PlanarConv(int outputs, int band, Window window, Activation function) implements Kernel {
    /** Floats that stay in an L1 cache of 32 KiB beside what is read. */
    private static final int CACHED = 5 << 10;

    static PlanarConv of(Op.Conv conv, Shape output) {
      int band = CACHED / (conv.filters() * output.width());
      return new PlanarConv(
          conv.filters(),
          Math.clamp(band, 2, Math.max(2, output.height())),
          conv.window(),
          conv.epilogue().activation());
    }

    /** Whether vectors of pixels are fuller than those of outputs, and rows not too short. */
    static boolean fits(Op.Conv conv, Shape input, Shape output) {
      int width = output.width();
      return Reading.isListed(conv, input, output)
          && !conv.epilogue().residual()
          && conv.window().strideWidth() == 1
          && width >= Tile.OUTPUTS
          && (long) conv.filters() * Tile.padded(width) < (long) Tile.OUTPUTS * width;
    }
  }

  /**
   * As {@link Conv}, from a planar value, to no more outputs than a vector has. Sums run channel by
   * channel, as weights do.
   *
   * @param strip pixels of a row whose sums are in registers at once
   */
  record StripConv(int strip, Window window, Epilogue epilogue) implements Kernel {
    /** Floats of scratch: the sums of a block. */
    static final int SUMS = BLOCK * Tile.OUTPUTS;

    /** Registers of 512 bits, less one for luck. */
    private static final int REGISTERS = 31;

    /** Strips of about the same length: for each pixel a sum, and all that a row of them reads. */
    static StripConv of(Op.Conv conv, Shape output) {
      int longest = (REGISTERS + 1) / 2 - conv.window().width();
      int strips = Math.ceilDiv(output.width(), longest);
      return new StripConv(Math.ceilDiv(output.width(), strips), conv.window(), conv.epilogue());
    }

    static boolean fits(Op.Conv conv, Shape input, Shape output) {
      Window window = conv.window();
      return Reading.isListed(conv, input, output)
          && conv.filters() <= Tile.OUTPUTS
          && window.width() > 1
          && window.width() <= 7
          && window.strideWidth() == 1
          && window.dilationWidth() == 1
          && output.width() <= BLOCK;
    }
  }

  /** Of a planar value to a planar one. */
  record PlanarPool(Op.Reduction reduction, Window window) implements Kernel {
    /** Taps that are written out. */
    private static final int TAPS = 9;

    /** Whether windows are small, lie within the picture and move by one or two columns. */
    static boolean fits(Window window, Shape input, Shape output) {
      return window.padding().equals(Padding.NONE)
          && window.strideWidth() <= 2
          && window.taps() <= TAPS
          && (output.height() - 1) * window.strideHeight() + window.reachHeight() <= input.height()
          && (output.width() - 1) * window.strideWidth() + window.reachWidth() <= input.width();
    }
  }

  /** Kernels that have a file of their own. */
  sealed interface Family extends Kernel permits GeneralKernel {}

  /** Output pixels that convs list in one go: whole tiles at every width. */
  int BLOCK = 120;

  /** Output pixels that threads share convs in: whole tiles at every width. */
  int UNIT = 24;

  /** Floats that sums take of a unit, the odd pixel behind it, and outputs of the widest tile. */
  int UNIT_SUMS = (UNIT + 1) * 64;

  /**
   * As {@link Conv} with a window of one pixel, of an input that is scaled, shifted and activated
   * while it is read. Weights: panels, bias, factor, shift.
   */
  record ScaledConv(Window window, Activation function, Epilogue epilogue) implements Kernel {}

  /**
   * As {@link Conv} with a window of one pixel, of an input that is multiplied by one number a
   * channel while it is read: these are read last.
   */
  record GatedConv(Window window, Epilogue epilogue) implements Kernel {}

  /**
   * As {@link Conv}, by Winograd's F(rows x columns, window); its unit is a tile of the output, or
   * 16 outputs.
   *
   * @param rows output pixels of a tile
   * @param columns output pixels of a tile
   * @param block tiles that are transformed before they are multiplied
   * @param byOutputs whether threads share its outputs: where tiles are few and weights many, each
   *     thread reads its own weights then
   */
  record WinogradConv(
      int rows, int columns, int block, boolean byOutputs, Window window, Epilogue epilogue)
      implements Kernel {
    /** How a tile is computed. */
    public Winograd tile() {
      return new Winograd(rows, columns, window);
    }

    /** Floats of scratch: a tile's pixels, a block's products with 64 outputs, its pixels. */
    int scratch(int channels) {
      int products = tile().products();
      return PIXELS + products * (plane(64) + plane(Tile.padded(channels))) + OVER;
    }

    /** Floats of one tile's outputs, and of what lies between the two halves of a transform. */
    public static final int PIXELS = 36 * 64 + 64 * 16;

    /** Floats that tiles of sums may write behind the last product: two pixels of 64 outputs. */
    public static final int OVER = 2 * 64;

    /** Floats from one product to the next: never a power of two, lest they share a cache line. */
    private int plane(int channels) {
      return block * channels + 16;
    }
  }

  /** As {@link Conv} with a window of one pixel, by seven products for eight after Strassen. */
  record StrassenConv(Window window, Epilogue epilogue) implements Kernel {
    /** Floats of one product of a block's pairs with a panel of outputs. */
    public static final int SUMS = BLOCK / 2 * 64;

    /** Floats of scratch: three products, and four mixtures of a block's pixels. */
    int scratch(int channels) {
      return 3 * SUMS + 4 * (BLOCK / 2 * (channels / 2) + 16);
    }
  }

  /**
   * As {@link Conv}, in blocks of 16 outputs that read only their groups' channels.
   *
   * @param span channels that a block reads
   * @param band rows of outputs whose channels are copied side by side at once
   */
  record GroupedConv(Window window, int groups, int span, int band, Epilogue epilogue)
      implements Kernel {
    /** Floats of a copy that stays in an L2 cache beside all else. */
    private static final int CACHED = 1 << 16;

    static GroupedConv of(Op.Conv conv, int span, Shape output) {
      Window window = conv.window();
      int rows = CACHED / (columns(window, output.width()) * span);
      int band = (rows - window.reachHeight()) / window.strideHeight() + 1;
      return new GroupedConv(
          window, conv.groups(), span, Math.clamp(band, 1, output.height()), conv.epilogue());
    }

    /** Columns that a row of outputs reads. */
    private static int columns(Window window, int width) {
      return (width - 1) * window.strideWidth() + window.reachWidth();
    }

    /** Floats of scratch: a unit's sums, a band, and what the last vector writes behind it. */
    int scratch(View write) {
      int columns = columns(window, write.width());
      int rows = (band - 1) * window.strideHeight() + window.reachHeight();
      return Math.addExact(
          UNIT_SUMS + Tile.OUTPUTS, Math.multiplyExact(Math.multiplyExact(rows, columns), span));
    }
  }

  /**
   * As {@link Conv}, with as many outputs as channels in each group, in rows of seven pixels or
   * more.
   *
   * @param size channels of a group: 2, 4, 8 or a multiple of 16
   * @param band rows of outputs that are worked on at once
   */
  record GroupedStrips(Window window, int size, int band, Epilogue epilogue) implements Kernel {
    /** Pixels of a row at least, so that strips are as long at every width. */
    public static final int SHORTEST = Depthwise.STRIP;

    /** Columns of a window whose taps two vectors keep in registers. */
    private static final int WIDE_TAPS = 3;

    /** Floats of scratch: the sums of a row, of two vectors of outputs. */
    public static final int SUMS = BLOCK * 2 * Tile.OUTPUTS;

    static boolean fit(Op.Conv conv, Shape input, Shape output) {
      int size = input.channels() / conv.groups();
      return conv.filters() == input.channels()
          && input.channels() % Tile.OUTPUTS == 0
          && (size < Tile.OUTPUTS
              ? size > 1 && Tile.OUTPUTS % size == 0
              : size % Tile.OUTPUTS == 0
                  && conv.window().width() > 1
                  && conv.window().dilationWidth() == 1)
          && output.width() >= SHORTEST
          && output.width() <= BLOCK;
    }

    static GroupedStrips of(Op.Conv conv, Shape input, Shape output) {
      int size = input.channels() / conv.groups();
      int span = Layout.Panels.isButterfly(size) ? input.channels() : Tile.OUTPUTS;
      int band = GroupedConv.of(conv, span, output).band();
      return new GroupedStrips(conv.window(), size, band, conv.epilogue());
    }

    /**
     * Whether two vectors of 16 outputs read the same channels, and their taps are few. From five
     * columns on two at once were slower at a stride of 2, at last by spills.
     */
    public boolean isWide() {
      return size % (2 * Tile.OUTPUTS) == 0 && window.width() <= WIDE_TAPS;
    }

    /** Whether a vector of 16 outputs spans several groups. */
    public boolean isButterfly() {
      return Layout.Panels.isButterfly(size);
    }
  }

  /**
   * As {@link Conv}, with one filter a channel.
   *
   * @param strips whether rows are so long, and columns of the window side by side, that pixels of
   *     a row share what they read
   */
  record Depthwise(Window window, boolean strips, Epilogue epilogue) implements Kernel {
    /** Pixels of a row from which on strips are as long at every width. */
    static final int STRIP = 7;
  }

  /** As {@link Conv}, with one output pixel and the whole input under the window. */
  record Fc(Epilogue epilogue) implements Kernel {}

  /**
   * As {@link Fc}, of weights in 16 bits.
   *
   * @param storage in 16 bits
   */
  record FcOfHalves(Storage storage, Epilogue epilogue) implements Kernel {}

  /** Windows are clamped: a halo is never read. */
  record Pool(Op.Reduction reduction, Window window, boolean countPadding) implements Kernel {}

  record Pointwise(Activation function) implements Kernel {}

  /** Weights: weight, bias. */
  record LayerNorm(double epsilon) implements Kernel {}

  /** Weights: factor, shift. */
  record Scale(Activation function) implements Kernel {}

  /** Weights: slope. */
  record Prelu() implements Kernel {}

  /** {@code (first + second) * factor}. */
  record Add(double factor) implements Kernel {}

  /** Where the second has one pixel it is repeated. */
  record Multiply() implements Kernel {}

  /** Copies all pixels and channels, to {@code channel} and on, {@code row}, {@code column}. */
  record Copy(int channel, int row, int column) implements Kernel {}

  /** Copies the pixels, row by row, to pixel {@code first} of a row and on. */
  record Tokens(int first) implements Kernel {}

  /** Copies the pixels from {@code top}, {@code left} on. */
  record Crop(int top, int left) implements Kernel {}

  record Shuffle(int groups) implements Kernel {}

  record Attention(int heads) implements Kernel {
    /** Queries that are worked on at once: a multiple of every tile's. */
    public static final int QUERIES = 24;

    /** Floats for partial sums, and for one factor a query. */
    public static final int SUMS = 48;

    /**
     * Floats of scratch: partial sums and factors, what products begin with, a block's scores and
     * results, a head's keys, values and queries, where its keys lie before they are packed.
     */
    int scratch(View write) {
      int size = write.channels() / heads;
      int tokens = write.height() * write.width();
      int keys = Tile.padded(tokens);
      int values = Tile.padded(size);
      long floats =
          SUMS
              + (1 + QUERIES) * ((long) keys + values)
              + (long) keys * size
              + (long) tokens * values
              + Math.ceilDiv(tokens, QUERIES) * (long) QUERIES * size;
      return Math.toIntExact(floats);
    }
  }

  record Upsample(int height, int width) implements Kernel {}

  /** Channels last to a vector in the order channels, rows, columns. */
  record Flatten() implements Kernel {}

  record Softmax(boolean logarithm) implements Kernel {}

  record LocalResponseNorm(int size, double alpha, double beta, double k) implements Kernel {}

  /** Reads nothing; weights: the tensor, channels last. */
  record Learned() implements Kernel {}

  /** Zeroes the whole value. */
  record Clear() implements Kernel {}

  /** Zeroes what lies around the value, where other values used that memory before. */
  record ClearHalo(Padding halo) implements Kernel {}
}
