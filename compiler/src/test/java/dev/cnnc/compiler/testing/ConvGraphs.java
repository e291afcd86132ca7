package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import java.util.List;
import java.util.function.IntSupplier;

/** The families of convs that have a kernel beside the plain one. */
final class ConvGraphs {

  private ConvGraphs() {}

  /** Products of transformed pixels. */
  static List<KernelFamily> winograd() {
    return List.of(
        KernelFamily.of("winograd of small pictures", 6, 7, ConvGraphs::winograd),
        KernelFamily.of("winograd of large pictures", 29, 31, ConvGraphs::winograd),
        KernelFamily.of("winograd by twos", 20, 21, ConvGraphs::halved),
        KernelFamily.of("winograd by twos of large pictures", 29, 31, ConvGraphs::halved));
  }

  /** Those that read the pixels themselves. */
  static List<KernelFamily> inRuns() {
    return List.of(
        KernelFamily.of("conv of 49 pixels", 7, 7, ConvGraphs::oddPixels),
        KernelFamily.of("conv of 25 pixels", 5, 5, ConvGraphs::oddPixels),
        KernelFamily.of("conv of 13 pixels", 1, 13, ConvGraphs::oddPixels),
        KernelFamily.of("streamed conv of 49 pixels", 7, 7, ConvGraphs::streamed),
        KernelFamily.of("streamed conv of 21 pixels", 3, 7, ConvGraphs::streamed),
        KernelFamily.of("depthwise of long rows", 9, 19, ConvGraphs::depthwise),
        KernelFamily.of("depthwise of short rows", 5, 8, ConvGraphs::depthwise),
        KernelFamily.of("grouped conv of long rows", 6, 17, ConvGraphs::groupedStrips),
        KernelFamily.of("wide groups of long rows", 3, 119, ConvGraphs::wideGroups),
        KernelFamily.of("wide groups of short rows", 8, 15, ConvGraphs::wideGroups),
        KernelFamily.of("grouped conv of short rows", 9, 7, ConvGraphs::smallGroups));
  }

  /** With every number of channels from 16 on, and outputs of every tile and more than one. */
  private static void winograd(KernelGraphs all) {
    int turn = 0;
    int[] filters = {64, 1, 200, 16, 17, 31, 33, 48, 96, 129};
    Padding[] paddings = {Padding.all(1), Padding.NONE, new Padding(2, 0, 1, 2)};
    for (int source : all.sources()) {
      for (int i = 0; i < 3 && all.graph().shape(source).channels() >= 16; i++) {
        Window window = new Window(3, 3, 1, 1, 1, 1, paddings[turn % paddings.length]);
        int count = filters[turn++ % filters.length];
        all.finished(
            all.graph().conv(all.name("conv"), source, count, window, 1, turn % 2 == 0), source);
      }
    }
    int[][] sides = {{5, 5}, {1, 7}, {7, 1}, {1, 3}, {3, 1}, {2, 2}, {1, 5}, {4, 1}};
    for (int[] side : sides) {
      int source = all.source(KernelGraphs.SIZES[turn % 4 + 7]);
      Padding padding = new Padding(side[0] / 2, side[1] / 2, side[0] - 1, turn % 2);
      Window window = new Window(side[0], side[1], 1, 1, 1, 1, padding);
      int count = filters[turn++ % filters.length];
      all.finished(all.graph().conv(all.name("conv"), source, count, window, 1, true), source);
    }
  }

  /** Tiles of every size, whole and over the edge. */
  private static void halved(KernelGraphs all) {
    int turn = 0;
    int[] filters = {64, 200, 129, 96};
    for (int source : all.sources()) {
      for (Padding padding : List.of(Padding.all(1), Padding.NONE)) {
        if (all.graph().shape(source).channels() >= 33) {
          Window window = new Window(3, 3, 2, 2, 1, 1, padding);
          int count = filters[turn++ % filters.length];
          all.finished(
              all.graph().conv(all.name("conv"), source, count, window, 1, turn % 2 == 0), source);
        }
      }
    }
    int[][] sizes = {{5, 5, 2, 2}, {7, 7, 2, 2}, {3, 3, 1, 2}, {4, 4, 2, 1}, {1, 5, 2, 2}};
    for (int[] size : sizes) {
      int source = all.source(KernelGraphs.SIZES[turn % 4 + 7]);
      Padding padding = new Padding(size[0] / 2, size[1] / 2, size[0] / 2, turn % 3);
      Window window = new Window(size[0], size[1], size[2], size[3], 1, 1, padding);
      int count = filters[turn++ % filters.length];
      all.finished(all.graph().conv(all.name("conv"), source, count, window, 1, true), source);
    }
  }

  /** Sliding along two rows, along one, and in strips; the last row is single. */
  private static void depthwise(KernelGraphs all) {
    int[][] sizes = {
      {3, 3, 1, 1},
      {5, 5, 1, 1},
      {1, 3, 1, 1},
      {3, 1, 1, 1},
      {2, 2, 1, 1},
      {5, 3, 1, 1},
      {7, 7, 1, 1},
      {3, 3, 2, 2},
      {5, 5, 2, 2},
      {3, 3, 1, 2}
    };
    int narrow = all.source(33);
    for (int[] size : sizes) {
      Padding padding = new Padding(size[0] / 2, size[1] / 2, size[0] / 2, size[1] / 2);
      Window window = new Window(size[0], size[1], size[2], size[3], 1, 1, padding);
      for (Activation function : List.of(new Activation.Relu6(), new Activation.Silu())) {
        int sum = conv(all, narrow, window, 1);
        all.show(all.graph().activate(all.name("act"), function, sum));
        all.finished(conv(all, narrow, window, 1), narrow);
      }
    }
    int clashing = all.source(512);
    all.show(conv(all, clashing, new Window(3, 3, 1, 1, 1, 1, Padding.all(1)), 1));
  }

  /** Two vectors of outputs and more of the same channels, at both strides, and every end. */
  private static void wideGroups(KernelGraphs all) {
    Window square = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));
    Window second = new Window(3, 3, 2, 2, 1, 1, Padding.all(1));
    for (int size : new int[] {32, 64}) {
      int source = all.source(128);
      for (Activation function : List.of(new Activation.Relu(), new Activation.Silu())) {
        ends(all, source, function, () -> conv(all, source, square, size));
        int halved = all.show(conv(all, source, second, size));
        ends(all, halved, function, () -> conv(all, source, second, size));
      }
      all.show(conv(all, source, square, size));
    }
  }

  /** One pixel more than whole tiles, of every width, finished in registers and in memory. */
  private static void oddPixels(KernelGraphs all) {
    for (int count : new int[] {16, 32, 48, 64, 112}) {
      int source = all.source(count);
      for (Activation function : List.of(new Activation.Relu(), new Activation.Silu())) {
        ends(
            all,
            source,
            function,
            () -> all.graph().conv(all.name("conv"), source, count, Window.of(1, 1), 1, true));
        // In several runs.
        Window dilated = new Window(2, 1, 1, 1, 1, 2, new Padding(0, 0, 1, 0));
        int runs = all.graph().conv(all.name("conv"), source, count, dilated, 1, true);
        all.show(all.graph().activate(all.name("act"), function, runs));
      }
      all.show(all.graph().conv(all.name("conv"), source, count, Window.of(1, 1), 1, false));
    }
  }

  /** More weights than L2 holds, of an odd number of vectors; every end, in one run and in two. */
  private static void streamed(KernelGraphs all) {
    int source = all.source(752);
    int second = all.source(528);
    Window two = new Window(2, 1, 1, 1, 1, 1, new Padding(0, 0, 1, 0));
    for (Activation function : List.of(new Activation.Relu(), new Activation.Silu())) {
      ends(
          all,
          source,
          function,
          () -> all.graph().conv(all.name("conv"), source, 752, Window.of(1, 1), 1, true));
      ends(
          all,
          second,
          function,
          () -> all.graph().conv(all.name("conv"), second, 528, two, 1, true));
    }
    all.show(all.graph().conv(all.name("conv"), source, 700, Window.of(1, 1), 1, false));
    // As many weights, but of so few channels that reads are listed.
    Window large = new Window(7, 7, 1, 1, 1, 1, Padding.all(3));
    all.show(all.graph().conv(all.name("listed"), all.source(15), 720, large, 1, true));
  }

  /** As many outputs as channels in a group, from a few of which a vector spans several. */
  private static void groupedStrips(KernelGraphs all) {
    int turn = 0;
    for (int size : new int[] {2, 4, 8, 16, 32, 48}) {
      for (int channels : new int[] {1, 3}) {
        int source = all.source(Math.max(size, 16) * 2 * channels);
        int count = all.graph().shape(source).channels();
        for (int i = 0; i < 4; i++) {
          Window window = KernelGraphs.WINDOWS.get(turn++ % KernelGraphs.WINDOWS.size());
          all.finished(
              all.graph().conv(all.name("strips"), source, count, window, count / size, true),
              source);
        }
      }
    }
  }

  /**
   * Rows of seven pixels, every end of every size, and so many channels that bands are few rows.
   */
  private static void smallGroups(KernelGraphs all) {
    Window dilated = new Window(3, 3, 1, 1, 2, 2, Padding.all(2));
    Window square = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));
    List<Window> windows = List.of(square, dilated, Window.of(1, 1));
    for (int size : new int[] {2, 4, 8}) {
      int source = all.source(32);
      for (Window window : windows) {
        for (Activation function : List.of(new Activation.Relu(), new Activation.Silu())) {
          ends(all, source, function, () -> conv(all, source, window, size));
        }
        all.show(conv(all, source, window, size));
      }
    }
    all.show(conv(all, all.source(1024), square, 2));
  }

  /** A conv through the activation, and one with its source as residual. */
  private static void ends(KernelGraphs all, int source, Activation function, IntSupplier conv) {
    int plain = conv.getAsInt();
    all.show(all.graph().activate(all.name("act"), function, plain));
    int sum = conv.getAsInt();
    int added = all.graph().add(all.name("add"), new Op.Add(), sum, source);
    all.show(all.graph().activate(all.name("act"), function, added));
  }

  private static int conv(KernelGraphs all, int source, Window window, int size) {
    int channels = all.graph().shape(source).channels();
    return all.graph().conv(all.name("group"), source, channels, window, channels / size, true);
  }
}
