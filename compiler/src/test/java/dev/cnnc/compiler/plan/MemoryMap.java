package dev.cnnc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.Step.Purpose;
import dev.cnnc.compiler.plan.kernel.Attention;
import dev.cnnc.compiler.plan.kernel.ConvTranspose;
import dev.cnnc.compiler.plan.kernel.Depthwise;
import dev.cnnc.compiler.plan.kernel.Fc;
import dev.cnnc.compiler.plan.kernel.Flatten;
import dev.cnnc.compiler.plan.kernel.GroupNorm;
import dev.cnnc.compiler.plan.kernel.GroupedConv;
import dev.cnnc.compiler.plan.kernel.GroupedStrips;
import dev.cnnc.compiler.plan.kernel.PlanarConv;
import dev.cnnc.compiler.plan.kernel.PlanarPool;
import dev.cnnc.compiler.plan.kernel.Prologue;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import dev.cnnc.compiler.plan.kernel.SpaceToDepth;
import dev.cnnc.compiler.plan.kernel.StripConv;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import dev.cnnc.compiler.plan.kernel.Walk;
import dev.cnnc.compiler.plan.kernel.WinogradConv;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a plan without numbers: every float of the arena remembers which element lies in it, so that
 * whatever a step reads can be checked. Knows nothing of storages, joins or lifetimes.
 *
 * <p>An element of a slice or of a concat is the element that it was before.
 */
final class MemoryMap {
  private static final long ZERO = 0;
  private static final long GARBAGE = -1;

  /** Vectors are stored whole: so many channels at most lie behind those that mean something. */
  private static final int LANES = 16;

  private final Plan plan;
  private final Graph graph;
  private final long[] arena;

  /** For each node and channel: the node that computed it, and the channel there. */
  private final List<long[]> origins = new ArrayList<>();

  MemoryMap(Plan plan) {
    this.plan = plan;
    this.graph = plan.network().graph();
    this.arena = new long[plan.arena() + LANES];
    graph.nodes().forEach(node -> origins.add(origins(node)));
  }

  /** One run, on what the run before left behind. */
  void run() {
    graph.inputs().forEach(input -> fill(input, view(input.id())));
    for (Step step : plan.steps()) {
      switch (step.kernel()) {
        case RowByRow.ClearHalo(Padding halo) -> clearHalo(step.write(), halo);
        case RowByRow.Copy copy when step.purpose() == Purpose.CONCAT_PART -> join(step, copy);
        case RowByRow.Copy _,
            RowByRow.Tokens _,
            RowByRow.Crop _,
            RowByRow.Shuffle _,
            RowByRow.Upsample _,
            Flatten _,
            RowByRow.Learned _,
            RowByRow.Clear _ -> {
          checkReads(step);
          fill(step.node(), step.write());
        }
        case SpaceToDepth _ -> squares(step);
        case TiledConv(Window window, var _, Prologue prologue, var _, var _) -> {
          switch (prologue) {
            case Prologue.None() -> windowed(step, window);
            case Prologue.Scale _, Prologue.Gate _ -> vectors(step);
          }
        }
        case StripConv(int _, Window window, var _) -> windowed(step, window);
        case PlanarConv(int _, int _, Window window, var _) -> windowed(step, window);
        case WinogradConv(int rows, int columns, int _, boolean _, Window window, var _) ->
            windowed(step, window, rows, columns);
        case GroupedConv(Window window, int _, int _, int _, var _) -> windowed(step, window);
        case GroupedStrips grouped -> windowed(step, grouped.window());
        case Depthwise(Window window, var _, var _) -> windowed(step, window);
        case Fc _,
            RowByRow.Pool _,
            PlanarPool _,
            RowByRow.Pointwise _,
            RowByRow.Scale _,
            RowByRow.Prelu _,
            RowByRow.Add _,
            RowByRow.Multiply _,
            RowByRow.LayerNorm _,
            Attention _,
            RowByRow.Softmax _,
            RowByRow.LocalResponseNorm _,
            RowByRow.Combine _,
            RowByRow.MatMul _,
            RowByRow.Sample _,
            RowByRow.Reduce _,
            RowByRow.Resample _,
            RowByRow.PixelShuffle _,
            RowByRow.Reshape _,
            GroupNorm _,
            ConvTranspose _,
            Walk _ ->
            vectors(step);
      }
    }
    for (Graph.Output output : graph.outputs()) {
      assertThat(holds(output.node())).as("output %s is still there", output.name()).isTrue();
    }
  }

  private void windowed(Step step, Window window) {
    windowed(step, window, 1, 1);
  }

  /** Outputs are computed in tiles, over the edge where they do not fit. */
  private void windowed(Step step, Window window, int rows, int columns) {
    int height = Math.ceilDiv(step.write().height(), rows) * rows;
    int width = Math.ceilDiv(step.write().width(), columns) * columns;
    checkHalo(step, window, height, width);
    vectors(step);
  }

  private void vectors(Step step) {
    checkReads(step);
    View y = step.write();
    each(
        y,
        (place, channel, pixel) -> {
          if (channel == 0 && y.pixel() > 1) {
            int end = Math.ceilDiv(y.channels(), LANES) * LANES;
            for (int lane = y.channels(); lane < end; lane++) {
              arena[place + lane] = GARBAGE;
            }
          }
        });
    fill(step.node(), y);
  }

  /** What belongs to a picture until a conv has read it, and nothing but zeros around it. */
  private void squares(Step step) {
    checkReads(step);
    View y = step.write();
    each(
        y,
        (place, channel, pixel) -> {
          arena[place] = square(step.node(), channel, pixel);
          if (channel == y.channels() - 1) {
            Arrays.fill(arena, place + 1, place + y.pixel() - channel, ZERO);
          }
        });
  }

  private static long square(Node conv, int channel, int pixel) {
    return -((conv.id() + 1L) << 44) - ((long) channel << 24) - pixel;
  }

  private boolean holdsSquares(Node conv, View read) {
    boolean[] all = {true};
    each(read, (place, channel, pixel) -> all[0] &= arena[place] == square(conv, channel, pixel));
    return all[0];
  }

  private void join(Step step, RowByRow.Copy copy) {
    checkReads(step);
    View x = step.reads().getFirst();
    View y = step.write();
    each(
        x,
        (place, channel, pixel) -> {
          int row = pixel / x.width();
          int column = pixel % x.width();
          arena[place(y, copy.channel() + channel, row, column)] = arena[place];
        });
  }

  /** What is read is an input of the layer, or what its own earlier steps have made. */
  private void checkReads(Step step) {
    for (View read : step.reads()) {
      boolean good =
          step.node().inputs().stream().anyMatch(id -> view(id).equals(read) && holds(id))
              || (read.equals(step.write()) && holds(step.node().id()))
              || (step.purpose() == Purpose.LAYER_AND_PROLOGUE
                  && read.equals(step.reads().getLast())
                  && holdsFactor(step.node(), read))
              || (step.kernel() instanceof WinogradConv
                  && read.equals(step.reads().getFirst())
                  && holdsSquares(step.node(), read));
      assertThat(good)
          .as("%s of %s finds what it reads", step.kernel(), step.node().name())
          .isTrue();
    }
  }

  /** What the product in front of a conv, which is never written, multiplies by. */
  private boolean holdsFactor(Node conv, View read) {
    int factor = Prologues.factor(graph, graph.node(conv.inputs().getFirst()));
    return view(factor).equals(read) && holds(factor);
  }

  /** Every place that a window covers outside of the picture. */
  private void checkHalo(Step step, Window window, int height, int width) {
    View x = step.reads().getFirst();
    int top = window.padding().top();
    int left = window.padding().left();
    for (int row = -top;
        row < (height - 1) * window.strideHeight() + window.reachHeight() - top;
        row++) {
      for (int column = -left;
          column < (width - 1) * window.strideWidth() + window.reachWidth() - left;
          column++) {
        if (row < 0 || row >= x.height() || column < 0 || column >= x.width()) {
          for (int channel = 0; channel < x.channels(); channel++) {
            assertThat(arena[place(x, channel, row, column)])
                .as("halo of %s at %d, %d", step.node().name(), row, column)
                .isEqualTo(ZERO);
          }
        }
      }
    }
  }

  private void clearHalo(View y, Padding halo) {
    for (int row = -halo.top(); row < y.height() + halo.bottom(); row++) {
      for (int column = -halo.left(); column < y.width() + halo.right(); column++) {
        if (row < 0 || row >= y.height() || column < 0 || column >= y.width()) {
          int channels = y.plane() == 1 ? y.pixel() : y.channels();
          for (int channel = 0; channel < channels; channel++) {
            arena[place(y, channel, row, column)] = ZERO;
          }
        }
      }
    }
  }

  private void fill(Node node, View y) {
    each(y, (place, channel, pixel) -> arena[place] = element(node.id(), channel, pixel));
  }

  /** Whether every element of a value lies in its place. */
  private boolean holds(int node) {
    boolean[] all = {true};
    each(
        view(node),
        (place, channel, pixel) -> all[0] &= arena[place] == element(node, channel, pixel));
    return all[0];
  }

  private View view(int node) {
    return plan.views().get(node);
  }

  private long element(int node, int channel, int pixel) {
    return origins.get(node)[channel] + pixel;
  }

  private long[] origins(Node node) {
    long[] channels = new long[node.shape().channels()];
    int next = 0;
    if (node.op() instanceof Op.Concat) {
      for (int input : node.inputs()) {
        for (long origin : origins.get(input)) {
          channels[next++] = origin;
        }
      }
      return channels;
    }
    if ((node.op() instanceof Op.Scale || node.op() instanceof Op.Multiply)
        && plan.steps().stream().noneMatch(step -> step.node().equals(node))) {
      // Applied while it is read: what lies there is its input.
      return origins.get(Prologues.picture(graph, node));
    }
    for (; next < channels.length; next++) {
      channels[next] =
          node.op() instanceof Op.Slice(int from, int _)
              ? origins.get(node.inputs().getFirst())[from + next]
              : ((node.id() + 1L) << 44) + ((long) next << 24);
    }
    return channels;
  }

  private static int place(View view, int channel, int row, int column) {
    return view.offset() + channel * view.plane() + row * view.line() + column * view.pixel();
  }

  private interface PerElement {
    void accept(int place, int channel, int pixel);
  }

  private static void each(View view, PerElement action) {
    int pixel = 0;
    for (int row = 0; row < view.height(); row++) {
      for (int column = 0; column < view.width(); column++) {
        for (int channel = 0; channel < view.channels(); channel++) {
          action.accept(place(view, channel, row, column), channel, pixel);
        }
        pixel++;
      }
    }
  }
}
