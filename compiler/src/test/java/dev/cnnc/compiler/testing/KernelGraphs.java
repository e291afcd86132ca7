package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A graph for each family of kernels, with every number of channels at which a vector can end
 * badly.
 *
 * <p>What a layer reads and what it gives are outputs both, so that each can be checked alone.
 */
public final class KernelGraphs {

  /** Around the lanes of every width. */
  static final int[] SIZES = {1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64};

  static final List<Window> WINDOWS =
      List.of(
          Window.of(1, 1),
          new Window(3, 3, 1, 1, 1, 1, Padding.all(1)),
          new Window(3, 3, 2, 2, 1, 1, Padding.all(1)),
          new Window(1, 1, 2, 2, 1, 1, Padding.NONE),
          new Window(5, 5, 1, 1, 1, 1, Padding.all(2)),
          new Window(2, 2, 2, 2, 1, 1, Padding.NONE),
          new Window(3, 3, 2, 2, 1, 1, new Padding(0, 0, 1, 1)),
          new Window(1, 4, 1, 3, 1, 1, new Padding(0, 3, 0, 1)),
          new Window(3, 1, 2, 1, 2, 1, new Padding(2, 0, 0, 0)),
          new Window(3, 2, 1, 2, 1, 3, new Padding(1, 0, 2, 1)),
          new Window(3, 3, 1, 1, 2, 2, Padding.all(2)),
          new Window(7, 7, 2, 2, 1, 1, Padding.all(3)),
          new Window(6, 5, 3, 1, 1, 1, new Padding(0, 2, 0, 2)));

  public static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation.Relu(),
          new Activation.Relu6(),
          new Activation.LeakyRelu(0.1),
          new Activation.Sigmoid(),
          new Activation.Tanh(),
          new Activation.Silu(),
          new Activation.Hardswish(),
          new Activation.Hardsigmoid(),
          new Activation.Gelu(),
          new Activation.Elu(1),
          new Activation.Elu(0.7),
          new Activation.Clip(-0.5, 0.25));

  /** Every activation that kernels are compared with the reference for. */
  public static List<Activation> activations() {
    return Stream.of(
            ACTIVATIONS,
            LayerGraphs.FUNCTIONS,
            LayerGraphs.STEPS,
            LayerGraphs.ROOTS,
            CurveGraphs.functions())
        .flatMap(List::stream)
        .toList();
  }

  private final SplittableRandom random = new SplittableRandom(11);
  private final GraphBuilder graph;
  private final int picture;
  private final List<Integer> outputs;

  private int windows;

  /** What layers read: the dense picture, padded values, slices that begin anywhere. */
  private final List<Integer> sources = new ArrayList<>();

  GraphBuilder graph() {
    return graph;
  }

  List<Integer> sources() {
    return sources;
  }

  /** What follows reads {@code picture}; the layers that are shown go to {@code outputs}. */
  KernelGraphs(GraphBuilder graph, int picture, List<Integer> outputs) {
    this.graph = graph;
    this.picture = picture;
    this.outputs = outputs;
    sources.add(picture);
  }

  /** Sources of all sizes, and slices that begin anywhere, for families that ask for them. */
  void addSources() {
    for (int size : SIZES) {
      sources.add(source(size));
    }
    // What a depthwise conv reads of 64 channels has a pitch of 80 floats, for all kernels.
    int apart = sources.getLast();
    show(graph.conv(name("depthwise"), apart, 64, Window.of(1, 1), 64, true));
    int large = source(100);
    for (int size : SIZES) {
      sources.add(
          show(graph.add(name("slice"), new Op.Slice(size / 2 + 2, size / 2 + 2 + size), large)));
    }
  }

  /** The input of the family. */
  int picture() {
    return picture;
  }

  /** Each has another window: alike, they would be joined to one conv. */
  int source(int channels) {
    Padding above = new Padding(windows, 0, 0, 0);
    Window window = new Window(++windows, 1, 1, 1, 1, 1, above);
    return show(graph.conv(name("source"), picture, channels, window));
  }

  void convs() {
    int turn = 0;
    for (int source : sources) {
      for (int i = 0; i < 5; i++) {
        int filters = SIZES[turn % SIZES.length];
        Window window = WINDOWS.get(turn++ % WINDOWS.size());
        finished(
            graph.conv(name("conv"), source, filters, window, 1, random.nextBoolean()), source);
      }
    }
  }

  /** Among them depthwise ones that multiply channels, and odd numbers of outputs in each group. */
  void groupedConvs() {
    int turn = 0;
    for (int groups : new int[] {2, 3, 5, 8, 16, 33}) {
      for (int depth : new int[] {1, 2, 3, 8}) {
        int source = source(groups * depth);
        for (int each : new int[] {1, 2, 3, 7, 8, 16, 17}) {
          if (groups * each <= 136 && (depth > 1 || each > 1)) {
            Window window = WINDOWS.get(turn++ % WINDOWS.size());
            finished(
                graph.conv(name("grouped"), source, groups * each, window, groups, true), source);
          }
        }
      }
    }
  }

  void depthwise() {
    int turn = 0;
    for (int source : sources) {
      for (int i = 0; i < 4; i++) {
        int channels = graph.shape(source).channels();
        Window window = WINDOWS.get(turn++ % WINDOWS.size());
        finished(graph.conv(name("depthwise"), source, channels, window, channels, true), source);
      }
    }
  }

  /**
   * Behind values with a halo, without one, and flat ones; wider than a block that threads share.
   */
  void fcs() {
    int turn = 0;
    int[] outputs = {1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 127, 128, 129, 200, 273};
    for (int source : sources) {
      int flat = show(graph.add(name("flat"), new Op.Flatten(), source));
      for (int i = 0; i < 4; i++) {
        int input = i % 2 == 0 ? source : flat;
        finished(graph.fc(name("fc"), input, outputs[turn++ % outputs.length]), source);
      }
      Shape shape = graph.shape(source);
      Window whole = Window.of(shape.height(), shape.width());
      finished(graph.conv(name("whole"), source, outputs[turn++ % outputs.length], whole), source);
      if (turn % 3 == 0) {
        Window around = new Window(2, 3, 1, 1, 1, 1, Padding.all(1));
        show(graph.conv(name("halo"), source, 2, around));
      }
    }
  }

  /** As it is, activated, with a residual, or both. */
  void finished(int sum, int source) {
    int turn = random.nextInt(5);
    Shape shape = graph.shape(sum);
    int result = sum;
    if (turn >= 3) {
      int around =
          show(graph.learned(name("residual"), shape.channels(), shape.height(), shape.width()));
      int other = shape.equals(graph.shape(source)) && random.nextBoolean() ? source : around;
      result = graph.add(name("add"), new Op.Add(), result, other);
    }
    if (turn % 2 == 0) {
      Activation function = ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
      result = graph.activate(name("act"), function, result);
    }
    show(result);
  }

  void pools() {
    int turn = 0;
    for (int source : sources) {
      for (Op.Reduction reduction : Op.Reduction.values()) {
        for (int i = 0; i < 3; i++) {
          Window window = pooling(WINDOWS.get(turn++ % WINDOWS.size()));
          Op pool = new Op.Pool(reduction, window, random.nextBoolean(), random.nextBoolean());
          show(graph.add(name("pool"), pool, source));
        }
        show(graph.add(name("global"), new Op.GlobalPool(reduction), source));
      }
    }
  }

  /** Padded by half the window at most, so that every window sees a pixel. */
  private static Window pooling(Window window) {
    Padding padding = window.padding();
    int most = (window.height() - 1) / 2;
    int side = (window.width() - 1) / 2;
    return window.with(
        new Padding(
            Math.min(padding.top(), most),
            Math.min(padding.left(), side),
            Math.min(padding.bottom(), most),
            Math.min(padding.right(), side)));
  }

  void pointwise() {
    int turn = 0;
    for (int source : sources) {
      Shape shape = graph.shape(source);
      for (int i = 0; i < 5; i++) {
        show(graph.activate(name("act"), ACTIVATIONS.get(turn++ % ACTIVATIONS.size()), source));
      }
      show(graph.scale(name("scale"), source));
      for (int slopes : new int[] {1, shape.channels()}) {
        String name = name("prelu");
        show(graph.add(name, new Op.Prelu(GraphBuilder.stored(name + ".weight", slopes)), source));
      }
      int other =
          show(graph.learned(name("other"), shape.channels(), shape.height(), shape.width()));
      int gate = show(graph.learned(name("gate"), shape.channels(), 1, 1));
      show(graph.add(name("add"), new Op.Add(), source, other));
      show(graph.add(name("add"), new Op.Add(), other, source, other, source));
      show(graph.add(name("mean"), new Op.Mean(), source, other, other));
      show(graph.add(name("mul"), new Op.Multiply(), source, other));
      show(graph.add(name("mul"), new Op.Multiply(), gate, source));
      show(graph.add(name("mul"), new Op.Multiply(), gate, other, gate, source));
    }
  }

  void channels() {
    int size = 1;
    for (int source : sources) {
      show(graph.add(name("softmax"), new Op.Softmax(false), source));
      show(graph.add(name("logsoftmax"), new Op.Softmax(true), source));
      show(graph.add(name("lrn"), new Op.LocalResponseNorm(size++ % 6 + 1, 0.3, 0.75, 2), source));
      show(graph.layerNorm(name("ln"), source));
      show(graph.add(name("lrn"), new Op.LocalResponseNorm(5, 1e-2, 0.6, 1), source));
    }
  }

  void movement() {
    int before = picture;
    for (int source : sources) {
      Shape shape = graph.shape(source);
      int channels = shape.channels();
      show(graph.add(name("concat"), new Op.Concat(), source, before, source));
      show(graph.add(name("pad"), new Op.Pad(channels % 4, channels % 3, Padding.NONE), source));
      show(graph.add(name("pad"), new Op.Pad(0, 1, new Padding(1, 0, 2, 3)), source));
      show(graph.add(name("upsample"), new Op.Upsample(2, 3), source));
      show(graph.add(name("flatten"), new Op.Flatten(), source));
      show(graph.add(name("slice"), new Op.Slice(channels / 3, channels / 3 + 1), source));
      for (int groups = 2; groups <= 8; groups++) {
        if (channels % groups == 0) {
          show(graph.add(name("shuffle"), new Op.Shuffle(groups), source));
        }
      }
      show(graph.add(name("crop"), new Op.Crop(1, 0, 2, 1), source));
      int start = show(graph.learnedTokens(name("start"), channels, channels % 3 + 1));
      show(graph.add(name("tokens"), new Op.Tokens(), start, source, source));
      before = source;
    }
  }

  /** More and fewer pixels than a block of queries, with and without a halo. */
  void attention() {
    int heads = 1;
    for (int source : sources) {
      int size = SIZES[random.nextInt(SIZES.length)];
      int small = show(graph.add(name("crop"), new Op.Crop(1, 2, heads, 7 - 2 * heads), source));
      for (int input : new int[] {source, small}) {
        int projected = show(graph.pixelFc(name("fc"), input, 3 * heads * size));
        show(graph.add(name("attend"), new Op.Attention(heads), projected));
        if (heads == 2) {
          show(graph.conv(name("halo"), projected, 2, WINDOWS.get(1)));
        }
      }
      heads = heads % 3 + 1;
    }
    // Keys and channels of several panels, the last ones narrower.
    int large = show(graph.add(name("upsample"), new Op.Upsample(2, 3), sources.getLast()));
    int projected = show(graph.pixelFc(name("fc"), large, 3 * 2 * 80));
    show(graph.add(name("attend"), new Op.Attention(2), projected));
  }

  int show(int node) {
    outputs.add(node);
    return node;
  }

  String name(String kind) {
    return kind + (graph.last() + 1);
  }
}
