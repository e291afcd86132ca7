package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Small graphs with every op in every setting, and often in the rows that passes look for.
 *
 * <p>The same seed gives the same graph; parameters are stored tensors named after their layers.
 */
public final class RandomGraphs {

  private static final int LARGEST_VALUE = 3000;

  /** Around the lanes of all vectors, and often what a value is padded to. */
  private static final Integer[] WIDTHS = {1, 3, 8, 15, 16, 16, 17, 31, 32, 32, 33, 48, 64};

  private static final Activation[] ACTIVATIONS =
      Stream.of(
              List.of(new Activation.Identity(), new Activation.LeakyRelu(1)),
              KernelGraphs.ACTIVATIONS,
              LayerGraphs.SMALL)
          .flatMap(List::stream)
          .toArray(Activation[]::new);

  private final SplittableRandom random;
  private final GraphBuilder graph;

  /** Whether values have as many channels as vectors have lanes, or more. */
  private final boolean wide;

  private RandomGraphs(long seed, boolean wide) {
    this.random = new SplittableRandom(seed);
    this.wide = wide;
    this.graph =
        wide
            ? new GraphBuilder(pick(WIDTHS), upTo(4), upTo(4))
            : new GraphBuilder(upTo(6), upTo(9), upTo(9));
  }

  public static Graph of(long seed) {
    return new RandomGraphs(seed, false).build();
  }

  /** With many channels and few pixels. */
  public static Graph wide(long seed) {
    return new RandomGraphs(seed, true).build();
  }

  /** With two inputs to four, of any shapes; sometimes nothing reads one of them. */
  public static Graph ofSeveralInputs(long seed) {
    RandomGraphs random = new RandomGraphs(seed, seed % 2 == 0);
    int more = random.upTo(3);
    for (int input = 0; input < more; input++) {
      if (random.random.nextBoolean()) {
        Shape same = random.graph.shape(0);
        random.graph.input("given" + input, same.channels(), same.height(), same.width());
      } else {
        random.graph.input("given" + input, random.upTo(20), random.upTo(9), random.upTo(9));
      }
    }
    return random.build();
  }

  private Graph build() {
    int steps = upTo(25);
    int inputs = graph.last();
    for (int step = 0; step < steps || graph.last() == inputs; step++) {
      step();
    }
    return graph.build(outputs(inputs + 1));
  }

  /** The last value, and sometimes others on the way. */
  private int[] outputs(int first) {
    return IntStream.rangeClosed(first, graph.last())
        .filter(id -> id == graph.last() || random.nextInt(12) == 0)
        .toArray();
  }

  private void step() {
    int value = value();
    switch (random.nextInt(31)) {
      case 0, 1, 2 -> conv(value);
      case 3 -> fc(value);
      case 4, 5 -> graph.batchNorm(name("bn"), value);
      case 6, 7, 8 -> graph.activate(name("act"), activation(), value);
      case 9, 10 -> residual(value);
      case 11 -> pool(value);
      case 12 -> joined(value);
      case 13 -> gated(value);
      case 14 -> new RandomLayers(random, graph).moved(value);
      case 15 -> normalised(value);
      case 16 -> graph.add(name("drop"), new Op.Dropout(), value);
      case 17 -> flattened(value);
      case 18 -> new RandomLayers(random, graph).scaled(value);
      case 19 -> bottleneck(value);
      case 20, 21 -> parallel(value);
      case 22 -> graph.layerNorm(name("ln"), value);
      case 23 -> tokens(value);
      case 24 -> attention(value);
      case 25 -> cut(value);
      case 26, 27, 28, 29 -> new RandomLayers(random, graph).add(value);
      default -> new RandomLayers(random, graph).slope(value);
    }
  }

  private void fc(int input) {
    if (graph.shape(input).isVector() || random.nextBoolean()) {
      graph.fc(name("fc"), input, wide ? pick(WIDTHS) : upTo(9));
    } else {
      graph.pixelFc(name("fc"), input, upTo(20));
    }
  }

  private int conv(int input) {
    Shape shape = graph.shape(input);
    Window window = window(shape);
    int groups = random.nextBoolean() ? 1 : divisor(shape.channels());
    int filters = groups * (wide ? Math.ceilDiv(pick(WIDTHS), groups) : upTo(3));
    return graph.conv(name("conv"), input, filters, window, groups, random.nextBoolean());
  }

  /** Two linear 1x1 convs in a row, or two fcs. */
  private void bottleneck(int input) {
    int wide = 1 + upTo(6);
    if (random.nextInt(3) == 0) {
      int first = graph.fc(name("fc"), input, wide);
      graph.fc(name("fc"), first, upTo(4));
      return;
    }
    Window strided = new Window(1, 1, upTo(2), upTo(2), 1, 1, Padding.NONE);
    int first = graph.conv(name("conv"), input, wide, strided, 1, random.nextBoolean());
    graph.conv(name("conv"), first, upTo(4), Window.of(1, 1), 1, random.nextBoolean());
  }

  /** 1x1 convs of the same value, most of them alike at their end. */
  private void parallel(int input) {
    for (int branch = 0; branch <= upTo(2); branch++) {
      Window window = Window.of(1, 1);
      int conv = graph.conv(name("conv"), input, upTo(6), window, 1, random.nextBoolean());
      if (random.nextInt(4) > 0) {
        conv = graph.relu(name("act"), conv);
      }
      if (random.nextInt(3) == 0) {
        graph.add(name("cat"), new Op.Concat(), conv, conv);
      }
    }
  }

  /** A conv that keeps the shape, with or without the usual layers behind, and the way around. */
  private void residual(int input) {
    Shape shape = graph.shape(input);
    int size = random.nextBoolean() ? 1 : 3;
    Padding padding = Padding.all(size / 2);
    Window window = new Window(size, size, 1, 1, 1, 1, padding);
    int branch = graph.conv(name("conv"), input, shape.channels(), window);
    branch = random.nextBoolean() ? graph.batchNorm(name("bn"), branch) : branch;
    branch = random.nextInt(4) == 0 ? graph.relu(name("act"), branch) : branch;
    if (random.nextInt(3) == 0) {
      boolean byChannel = random.nextInt(4) > 0;
      branch = graph.learnedProduct(name("mul"), branch, byChannel, random.nextBoolean());
    }
    int around =
        switch (random.nextInt(3)) {
          case 0 -> graph.conv(name("conv"), input, shape.channels(), Window.of(1, 1));
          case 1 -> graph.learned(name("learned"), shape.channels(), shape.height(), shape.width());
          default -> input;
        };
    Op join = random.nextInt(5) == 0 ? new Op.Mean() : new Op.Add();
    int sum =
        random.nextBoolean()
            ? graph.add(name("add"), join, branch, around)
            : graph.add(name("add"), join, around, branch);
    if (random.nextBoolean()) {
      graph.relu(name("act"), sum);
    }
  }

  private void pool(int input) {
    Op.Reduction reduction = pick(Op.Reduction.values());
    if (random.nextInt(3) == 0) {
      graph.add(name("gap"), new Op.GlobalPool(reduction), input);
    } else {
      Op pool =
          new Op.Pool(
              reduction, window(graph.shape(input)), random.nextBoolean(), random.nextBoolean());
      graph.add(name("pool"), pool, input);
    }
  }

  private void joined(int input) {
    Shape shape = graph.shape(input);
    int other = another(at -> at.height() == shape.height() && at.width() == shape.width(), input);
    if (shape.size() + graph.shape(other).size() <= LARGEST_VALUE) {
      graph.add(name("cat"), new Op.Concat(), input, other, input);
    }
    if (wide) {
      joinedBranches(input);
    }
  }

  /** Branches that nobody else need read: they can be written where they are joined. */
  private void joinedBranches(int input) {
    int channels = pick(16, 32, 48);
    int first = graph.conv(name("conv"), input, channels, Window.of(1, 1));
    int second =
        switch (random.nextInt(4)) {
          case 0 ->
              graph.add(name("pad"), new Op.Pad(8, 32 - channels % 16 - 8, Padding.NONE), first);
          case 1 -> graph.activate(name("act"), activation(), first);
          case 2 -> graph.add(name("slice"), new Op.Slice(0, 16), first);
          default -> input;
        };
    int third = graph.conv(name("conv"), input, pick(WIDTHS), Window.of(1, 1));
    int joined = graph.add(name("cat"), new Op.Concat(), first, second, third);
    if (random.nextBoolean()) {
      graph.add(name("cat"), new Op.Concat(), joined, second);
    }
  }

  private void gated(int input) {
    int pooled = graph.add(name("gap"), new Op.GlobalPool(Op.Reduction.AVERAGE), input);
    int gate = graph.activate(name("act"), new Activation.Sigmoid(), pooled);
    graph.add(name("mul"), new Op.Multiply(), input, gate);
  }

  private void tokens(int input) {
    Shape shape = graph.shape(input);
    switch (random.nextInt(3)) {
      case 0 -> graph.add(name("tokens"), new Op.Tokens(), input);
      case 1 -> {
        int start = graph.learnedTokens(name("learned"), shape.channels(), upTo(2));
        graph.add(name("tokens"), new Op.Tokens(), start, input);
      }
      default -> {
        int other = another(at -> at.channels() == shape.channels(), input);
        if (shape.size() + graph.shape(other).size() <= LARGEST_VALUE) {
          graph.add(name("tokens"), new Op.Tokens(), input, other, input);
        }
      }
    }
  }

  private void attention(int input) {
    if (graph.shape(input).isVector() || graph.shape(input).pixels() * 36 > LARGEST_VALUE) {
      return;
    }
    int heads = upTo(3);
    int projected = graph.pixelFc(name("fc"), input, 3 * heads * upTo(4));
    graph.add(name("attend"), new Op.Attention(heads), projected);
  }

  private void cut(int input) {
    Shape shape = graph.shape(input);
    if (random.nextBoolean()) {
      graph.add(name("shuffle"), new Op.Shuffle(divisor(shape.channels())), input);
    } else {
      int top = random.nextInt(shape.height());
      int left = random.nextInt(shape.width());
      int height = upTo(shape.height() - top);
      graph.add(name("crop"), new Op.Crop(top, left, height, upTo(shape.width() - left)), input);
    }
  }

  private void normalised(int input) {
    Op op =
        random.nextBoolean()
            ? new Op.Softmax(random.nextBoolean())
            : new Op.LocalResponseNorm(upTo(5), 0.1 * upTo(9), 0.75, upTo(2));
    graph.add(name("norm"), op, input);
  }

  private void flattened(int input) {
    int flat = graph.add(name("flat"), new Op.Flatten(), input);
    int next = random.nextBoolean() ? graph.add(name("drop"), new Op.Dropout(), flat) : flat;
    next = random.nextBoolean() ? graph.activate(name("act"), activation(), next) : next;
    graph.fc(name("fc"), next, upTo(9));
  }

  private Activation activation() {
    return pick(ACTIVATIONS);
  }

  /** Always fits; padding is less than the kernel, so that every window sees a pixel. */
  private Window window(Shape shape) {
    int height = upTo(Math.min(shape.height(), 3));
    int width = upTo(Math.min(shape.width(), 3));
    Padding padding =
        new Padding(
            random.nextInt(height),
            random.nextInt(width),
            random.nextInt(height),
            random.nextInt(width));
    return new Window(
        height,
        width,
        upTo(2),
        upTo(2),
        (height - 1) * 2 < shape.height() ? upTo(2) : 1,
        (width - 1) * 2 < shape.width() ? upTo(2) : 1,
        padding);
  }

  /** Mostly the newest value: rows are what passes look for. Large ones are left alone. */
  private int value() {
    int value = random.nextInt(4) == 0 ? random.nextInt(graph.last() + 1) : graph.last();
    return graph.shape(value).size() * 4 > LARGEST_VALUE ? 0 : value;
  }

  private int another(Predicate<Shape> wanted, int otherwise) {
    List<Integer> fitting =
        IntStream.rangeClosed(0, graph.last())
            .filter(id -> wanted.test(graph.shape(id)))
            .boxed()
            .toList();
    return fitting.isEmpty() ? otherwise : fitting.get(random.nextInt(fitting.size()));
  }

  private int divisor(int number) {
    int divisor = upTo(number);
    return number % divisor == 0 ? divisor : 1;
  }

  @SafeVarargs
  private <T> T pick(T... all) {
    return all[random.nextInt(all.length)];
  }

  /** From 1 to {@code most}. */
  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  private String name(String kind) {
    return kind + (graph.last() + 1);
  }
}
