package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Axes;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Signature;
import dev.cnnc.compiler.ir.Window;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Random layers for {@link RandomGraphs} that networks of other frameworks have. */
record RandomLayers(SplittableRandom random, GraphBuilder graph) {

  /** A remainder jumps where a rounding before it differs. */
  private static final List<Operator> CONTINUOUS =
      Arrays.stream(Operator.values()).filter(each -> each != Operator.FMOD).toList();

  void add(int input) {
    switch (random.nextInt(11)) {
      case 0 -> combined(input);
      case 1 -> multiplied(input);
      case 2 -> reshaped(input);
      case 3 -> reduced(input);
      case 4 -> normed(input);
      case 5 -> shuffled(input);
      case 6 -> transposed(input);
      case 7 -> graph.add(name("resize"), LayerGraphs.resize(random, graph.shape(input)), input);
      case 8 -> graph.add(name("border"), LayerGraphs.border(random, graph.shape(input)), input);
      case 9 -> taken(input);
      default -> graph.add(name("permute"), new Rearrangement.Permute(order()), input);
    }
  }

  void slope(int input) {
    int slopes = random.nextBoolean() ? 1 : graph.shape(input).channels();
    String name = name("prelu");
    graph.add(name, new Op.Prelu(GraphBuilder.stored(name + ".weight", slopes)), input);
  }

  /** By tensors, or by plain numbers before a conv, which may pad. */
  void scaled(int input) {
    if (random.nextBoolean()) {
      graph.scale(name("scale"), input);
      return;
    }
    double shift = random.nextBoolean() ? 0 : 0.25;
    int scaled = graph.activate(name("scale"), new Activation.Linear(1.5, shift), input);
    int pad = random.nextInt(3);
    Window window = pad == 1 ? new Window(3, 3, 1, 1, 1, 1, Padding.all(1)) : Window.of(1, 1);
    graph.conv(name("conv"), scaled, upTo(20), window, 1, pad == 0);
  }

  void moved(int input) {
    Shape shape = graph.shape(input);
    int from = random.nextInt(shape.channels());
    Padding padding = new Padding(upTo(3) - 1, upTo(3) - 1, upTo(3) - 1, upTo(3) - 1);
    switch (random.nextInt(3)) {
      case 0 ->
          graph.add(name("slice"), new Op.Slice(from, from + upTo(shape.channels() - from)), input);
      case 1 -> graph.add(name("pad"), new Op.Pad(upTo(3) - 1, upTo(3) - 1, padding), input);
      default -> graph.add(name("up"), new Op.Upsample(upTo(2), upTo(2)), input);
    }
  }

  /** With a value that is repeated along some sides, or with one that has to be. */
  private void combined(int input) {
    Shape shape = graph.shape(input);
    int other =
        random.nextBoolean()
            ? graph.add(name("gmp"), new Op.GlobalPool(Op.Reduction.MAX), input)
            : graph.learned(name("learned"), some(shape.channels()), some(shape.height()), 1);
    if (graph.shape(other).equals(shape)) {
      return;
    }
    Operator operator = CONTINUOUS.get(random.nextInt(CONTINUOUS.size()));
    int left = input;
    if (operator == Operator.POW) {
      left = graph.activate(name("sigmoid"), Elementary.SOFTSIGN, input);
      left = graph.activate(name("softplus"), Elementary.SOFTPLUS, left);
      other = graph.activate(name("softsign"), Elementary.SOFTSIGN, other);
    }
    if (operator == Operator.DIV) {
      other = graph.activate(name("softplus"), Elementary.SOFTPLUS, other);
    }
    graph.add(name(operator.word()), op(operator, shape, graph.shape(other)), left, other);
  }

  /** As lowering chooses it. */
  private static Op op(Operator operator, Shape shape, Shape other) {
    Op product = new Op.Multiply();
    boolean plain = Signature.of(product, List.of(shape, other)) instanceof Signature.Result.Fits;
    return operator == Operator.MUL && plain ? product : new Computation.Combine(operator);
  }

  private void multiplied(int input) {
    Shape shape = graph.shape(input);
    int channels = some(shape.channels());
    int matrix = graph.learned(name("learned"), channels, shape.width(), 1 + random.nextInt(4));
    graph.add(name("matmul"), new Computation.MatMul(), input, matrix);
  }

  private void reshaped(int input) {
    int size = graph.shape(input).size();
    List<Integer> divisors =
        IntStream.rangeClosed(1, size).filter(side -> size % side == 0).boxed().toList();
    int channels = divisors.get(random.nextInt(divisors.size()));
    List<Integer> rest = divisors.stream().filter(side -> size / channels % side == 0).toList();
    int height = rest.get(random.nextInt(rest.size()));
    int width = size / channels / height;
    graph.add(name("reshape"), new Rearrangement.Reshape(channels, height, width), input);
  }

  private void reduced(int input) {
    Reducer reducer = List.of(Reducer.values()).get(random.nextInt(Reducer.values().length));
    // Squares of squares would soon be too large for a float.
    Reducer small = reducer == Reducer.SUM_SQUARE ? Reducer.L2 : reducer;
    Axes axes = new Axes(random.nextBoolean(), random.nextBoolean(), true);
    graph.add(name(small.word()), new Computation.Reduce(small, axes), input);
  }

  private void normed(int input) {
    int channels = graph.shape(input).channels();
    int groups = 1 + random.nextInt(channels);
    String name = name("groups");
    Op norm =
        new Computation.GroupNorm(
            channels % groups == 0 ? groups : 1,
            GraphBuilder.stored(name + ".weight", channels),
            GraphBuilder.stored(name + ".bias", channels),
            0.1);
    graph.add(name, norm, input);
  }

  private void shuffled(int input) {
    Shape shape = graph.shape(input);
    if (shape.height() % 2 == 0 && shape.width() % 2 == 0) {
      graph.add(name("unshuffle"), new Rearrangement.PixelUnshuffle(2), input);
    } else if (shape.channels() % 4 == 0) {
      graph.add(name("shuffle"), new Rearrangement.PixelShuffle(2), input);
    } else {
      sampled(input);
    }
  }

  /** At places in it and around it. */
  private void sampled(int input) {
    int conv = graph.conv(name("conv"), input, 2, Window.of(1, 1));
    int wave = graph.activate(name("wave"), new Activation.Tanh(), conv);
    int places = graph.activate(name("places"), new Activation.Linear(2, 1), wave);
    graph.add(name("sample"), new Computation.Sample(), input, places);
  }

  private void transposed(int input) {
    int channels = graph.shape(input).channels();
    if (graph.shape(input).pixels() > 100) {
      return;
    }
    int groups = channels % 2 == 0 ? 2 : 1;
    int stride = 1 + random.nextInt(2);
    Window window =
        new Window(1 + random.nextInt(3), 2, stride, stride, 1, 1, new Padding(0, 0, 0, 1));
    String name = name("transposed");
    int filters = groups * (1 + random.nextInt(5));
    graph.add(name, LayerGraphs.transposed(name, channels, filters, window, groups), input);
  }

  private void taken(int input) {
    int axis = random.nextInt(3);
    int side = graph.shape(input).side(axis);
    int from = random.nextInt(side);
    int step = random.nextBoolean() ? -1 : 2;
    int most = step < 0 ? from + 1 : (side - from + 1) / 2;
    Op take = new Rearrangement.Take(axis, from, step, 1 + random.nextInt(most));
    graph.add(name("take"), take, input);
  }

  private List<Integer> order() {
    List<List<Integer>> orders =
        List.of(
            List.of(0, 2, 1),
            List.of(1, 0, 2),
            List.of(1, 2, 0),
            List.of(2, 0, 1),
            List.of(2, 1, 0),
            List.of(0, 1, 2));
    return orders.get(random.nextInt(orders.size()));
  }

  /** One, or all of them. */
  private int some(int side) {
    return random.nextBoolean() ? side : 1;
  }

  /** From 1 to {@code most}. */
  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  private String name(String kind) {
    return kind + (graph.last() + 1);
  }
}
