package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Axes;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.ir.Interpolation;
import dev.cnnc.compiler.ir.Interpolation.Rounding;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Powers;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Rearrangement.Mode;
import dev.cnnc.compiler.ir.Rearrangement.Side;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The families of kernels that networks of other frameworks want beside those of the zoo. */
final class LayerGraphs {

  /** Of any number. */
  static final List<Activation> FUNCTIONS =
      List.of(
          Elementary.ABS,
          Elementary.NEG,
          Elementary.SQUARE,
          Elementary.EXP,
          Elementary.ERF,
          Elementary.SOFTPLUS,
          Elementary.SOFTSIGN,
          Elementary.MISH,
          Elementary.GELU_TANH,
          new Activation.Linear(-0.5, 2),
          new Activation.Selu(1.6732632423543772, 1.0507009873554805),
          new Activation.Celu(2),
          new Activation.ThresholdedRelu(0.25),
          new Activation.Swish(1.5),
          new Activation.Hardsigmoid(0.2, 0.4),
          new Activation.Clip(Double.NEGATIVE_INFINITY, 0.5),
          new Activation.Clip(-0.5, Double.POSITIVE_INFINITY),
          new Activation.Power(0),
          new Activation.Power(3),
          new Activation.Power(17));

  /** With steps, so that they are seen by themselves: a rounding before them may be a step. */
  static final List<Activation> STEPS =
      List.of(
          Elementary.ROUND,
          Elementary.FLOOR,
          Elementary.CEIL,
          Elementary.SIGN,
          new Activation.Quantize(0.05, 0, -128, 127, false),
          new Activation.Quantize(0.03, 3, -5, 9, false),
          new Activation.Quantize(0.0625, 0, -128, 127, true),
          new Activation.Quantize(0.01, 128, 0, 255, true));

  /** Those that do not grow faster than their argument. */
  static final List<Activation> SMALL =
      FUNCTIONS.stream()
          .filter(function -> !(function instanceof Activation.Power))
          .filter(function -> function != Elementary.EXP && function != Elementary.SQUARE)
          .toList();

  /** Of numbers from 0. */
  static final List<Activation> ROOTS =
      List.of(
          Elementary.SQRT,
          Elementary.LOG,
          Elementary.RECIPROCAL,
          new Activation.Power(0.5),
          new Activation.Power(2.5),
          new Activation.Power(-1.5),
          new Activation.Power(0.3),
          new Activation.Power(-1),
          new Activation.Power(-2),
          new Activation.Power(-3.7));

  private LayerGraphs() {}

  /** All families. */
  static List<KernelFamily> families() {
    return List.of(
        KernelFamily.of("functions", 2, 3, LayerGraphs::functions),
        KernelFamily.of("combine", 3, 2, LayerGraphs::combine),
        KernelFamily.of("matrix product", 3, 2, LayerGraphs::products),
        KernelFamily.of("rearrange", 4, 6, LayerGraphs::rearrange),
        KernelFamily.of("reduce", 3, 5, LayerGraphs::reduce),
        KernelFamily.of("norm", 3, 4, LayerGraphs::norm),
        KernelFamily.of("transposed conv", 3, 4, LayerGraphs::transposed),
        KernelFamily.of("resize", 5, 4, LayerGraphs::resize));
  }

  private static void functions(KernelGraphs to) {
    int turn = 0;
    for (int source : to.sources()) {
      for (int i = 0; i < 6; i++) {
        Activation function = FUNCTIONS.get(turn++ % FUNCTIONS.size());
        to.show(to.graph().activate(to.name("function"), function, source));
      }
      for (int i = 0; i < 4; i++) {
        Activation function = STEPS.get(turn++ % STEPS.size());
        to.show(to.graph().activate(to.name("steps"), function, source));
      }
      int positive = to.show(to.graph().activate(to.name("abs"), Elementary.ABS, source));
      for (int i = 0; i < 3; i++) {
        Activation function = ROOTS.get(turn++ % ROOTS.size());
        to.show(to.graph().activate(to.name("root"), function, positive));
      }
      Activation ending = FUNCTIONS.get(turn % FUNCTIONS.size());
      // The rounding of a sum of dozens is dozens of times as large behind an exponential.
      int input =
          ending == Elementary.EXP
              ? to.show(to.graph().activate(to.name("small"), new Activation.Tanh(), source))
              : source;
      int conv = to.graph().conv(to.name("conv"), input, 5, Window.of(2, 3));
      if (ending instanceof Activation.Power(double exponent) && !Powers.isShort(exponent)) {
        // It does not end the conv, which is seen by itself then.
        to.show(conv);
      }
      to.show(to.graph().activate(to.name("ending"), ending, conv));
    }
  }

  private static void combine(KernelGraphs to) {
    GraphBuilder graph = to.graph();
    int turn = 0;
    for (int source : to.sources()) {
      Shape shape = graph.shape(source);
      int channels = shape.channels();
      int all = positive(to, channels, shape.height(), shape.width());
      int pixel = positive(to, channels, 1, 1);
      int picture = positive(to, 1, shape.height(), shape.width());
      List<Integer> others =
          List.of(
              all,
              pixel,
              picture,
              turn % 2 == 0
                  ? positive(to, channels, shape.height(), 1)
                  : positive(to, 1, 1, shape.width()));
      for (int i = 0; i < 3; i++) {
        Operator operator = List.of(Operator.values()).get(turn % Operator.values().length);
        Op op = new Computation.Combine(operator);
        int left =
            operator == Operator.POW
                ? to.show(graph.activate(to.name("abs"), Elementary.ABS, source))
                : source;
        int other = others.get(turn++ / 7 % others.size());
        boolean turned = operator != Operator.DIV && turn % 4 == 0;
        to.show(
            graph.add(to.name(operator.word()), op, turned ? other : left, turned ? left : other));
      }
      Op sum = new Computation.Combine(Operator.ADD);
      to.show(graph.add(to.name("sum"), sum, pixel, picture, source, others.getLast()));
    }
  }

  private static void products(KernelGraphs to) {
    GraphBuilder graph = to.graph();
    for (int source : to.sources()) {
      Shape shape = graph.shape(source);
      int channels = shape.channels();
      int matrices = positive(to, channels, shape.width(), 5);
      int matrix = positive(to, 1, shape.width(), 3);
      to.show(graph.add(to.name("matmul"), new Computation.MatMul(), source, matrices));
      to.show(graph.add(to.name("matmul"), new Computation.MatMul(), source, matrix));
      int single = positive(to, 1, 4, shape.width());
      to.show(graph.add(to.name("matmul"), new Computation.MatMul(), single, matrices));
    }
  }

  /** Numbers that a quotient and a power can take on either side. */
  private static int positive(KernelGraphs to, int channels, int height, int width) {
    GraphBuilder graph = to.graph();
    int learned = to.show(graph.learned(to.name("learned"), channels, height, width));
    return to.show(graph.activate(to.name("softplus"), Elementary.SOFTPLUS, learned));
  }

  private static void rearrange(KernelGraphs to) {
    GraphBuilder graph = to.graph();
    for (int source : to.sources()) {
      Shape shape = graph.shape(source);
      int channels = shape.channels();
      for (List<Integer> order :
          List.of(List.of(0, 2, 1), List.of(2, 0, 1), List.of(1, 2, 0), List.of(2, 1, 0))) {
        to.show(graph.add(to.name("permute"), new Rearrangement.Permute(order), source));
      }
      to.show(graph.add(to.name("reshape"), new Rearrangement.Reshape(channels, 3, 8), source));
      to.show(graph.add(to.name("reshape"), new Rearrangement.Reshape(8, channels, 3), source));
      to.show(graph.add(to.name("reshape"), new Rearrangement.Reshape(6, 4, channels), source));
      for (int axis = 0; axis < 3; axis++) {
        int side = shape.side(axis);
        Op down = new Rearrangement.Take(axis, side - 1, -2, (side + 1) / 2);
        to.show(graph.add(to.name("backwards"), down, source));
        Op up = new Rearrangement.Take(axis, side / 3, 2, (side - side / 3 + 1) / 2);
        to.show(graph.add(to.name("stepped"), up, source));
      }
      to.show(graph.add(to.name("unshuffle"), new Rearrangement.PixelUnshuffle(2), source));
      if (channels % 9 == 0) {
        to.show(graph.add(to.name("shuffle"), new Rearrangement.PixelShuffle(3), source));
      } else if (channels % 4 == 0) {
        to.show(graph.add(to.name("shuffle"), new Rearrangement.PixelShuffle(2), source));
      }
    }
  }

  private static void reduce(KernelGraphs to) {
    int turn = 0;
    for (int source : to.sources()) {
      for (int i = 0; i < 5; i++) {
        Reducer reducer = List.of(Reducer.values()).get(turn % Reducer.values().length);
        // Seven of each, so that the two meet in every way only if one goes on by itself.
        int axes = 1 + (turn + turn / 7) % 7;
        Axes reduced = new Axes((axes & 1) != 0, (axes & 2) != 0, (axes & 4) != 0);
        Op op = new Computation.Reduce(reducer, reduced);
        to.show(to.graph().add(to.name(reducer.word()), op, source));
        turn++;
      }
    }
  }

  private static void norm(KernelGraphs to) {
    GraphBuilder graph = to.graph();
    for (int source : to.sources()) {
      int channels = graph.shape(source).channels();
      for (int groups : new int[] {1, 2, 3, 5, 8, 11, channels}) {
        if (channels % groups == 0) {
          String name = to.name("groups");
          Op norm =
              new Computation.GroupNorm(
                  groups,
                  GraphBuilder.stored(name + ".weight", channels),
                  GraphBuilder.stored(name + ".bias", channels),
                  0.1);
          to.show(graph.add(name, norm, source));
        }
      }
    }
  }

  private static void transposed(KernelGraphs to) {
    GraphBuilder graph = to.graph();
    List<Window> windows =
        List.of(
            new Window(2, 2, 2, 2, 1, 1, Padding.NONE),
            new Window(3, 3, 2, 2, 1, 1, Padding.all(1)),
            new Window(3, 2, 1, 1, 1, 1, new Padding(0, 1, 2, 0)),
            new Window(2, 3, 3, 1, 2, 2, new Padding(1, 0, 0, 2)),
            new Window(4, 4, 2, 3, 1, 1, Padding.all(1)));
    int[] filters = {1, 3, 8, 16, 17, 40, 64, 70};
    int turn = 0;
    for (int source : to.sources()) {
      int channels = graph.shape(source).channels();
      for (int groups : new int[] {1, 1, 3, 4}) {
        if (channels % groups == 0) {
          Window window = windows.get(turn % windows.size());
          int count = groups * filters[turn % (groups == 1 ? filters.length : 4)];
          String name = to.name("transposed");
          to.show(graph.add(name, transposed(name, channels, count, window, groups), source));
          turn++;
        }
      }
    }
  }

  /** With more rows below where the stride allows it. */
  static Op transposed(String name, int channels, int filters, Window window, int groups) {
    return new Computation.ConvTranspose(
        filters,
        window,
        new Computation.OutputPadding(window.strideHeight() - 1, 0),
        groups,
        GraphBuilder.stored(
            name + ".weight", channels, filters / groups, window.height(), window.width()),
        filters % 2 == 0
            ? Optional.empty()
            : Optional.of(GraphBuilder.stored(name + ".bias", filters)));
  }

  private static void resize(KernelGraphs to) {
    SplittableRandom random = new SplittableRandom(5);
    for (int source : to.sources()) {
      Shape shape = to.graph().shape(source);
      for (int i = 0; i < 4; i++) {
        to.show(to.graph().add(to.name("resize"), resize(random, shape), source));
      }
      to.show(to.graph().add(to.name("border"), border(random, shape), source));
    }
  }

  /** To up to twice the size or half of it, in every way. */
  static Op resize(SplittableRandom random, Shape shape) {
    Interpolation.Method method = any(random, Interpolation.Method.values());
    boolean nearest = method == Interpolation.Method.NEAREST;
    Interpolation.Coordinates coordinates = any(random, Interpolation.Coordinates.values());
    boolean part = coordinates == Interpolation.Coordinates.TF_CROP_AND_RESIZE;
    Interpolation how =
        new Interpolation(
            method,
            coordinates,
            nearest ? any(random, Interpolation.Rounding.values()) : Rounding.ROUND_PREFER_FLOOR,
            method == Interpolation.Method.CUBIC && random.nextBoolean() ? -0.5 : -0.75,
            method == Interpolation.Method.CUBIC && !part && random.nextBoolean(),
            !nearest && !part && random.nextBoolean(),
            part ? 0.25 : 0);
    return new Rearrangement.Resize(
        side(random, shape.height(), part), side(random, shape.width(), part), how);
  }

  /** ONNX Runtime cuts no part out of a side whose length stays. */
  private static Side side(SplittableRandom random, int input, boolean part) {
    int any = 1 + random.nextInt(2 * input);
    int length = part && any == input ? any + 1 : any;
    double factor = (double) length / input;
    return part ? new Side(length, factor, 0.25, 1.125) : new Side(length, factor, 0, 1);
  }

  static Op border(SplittableRandom random, Shape shape) {
    Rearrangement.Mode mode = any(random, Rearrangement.Mode.values());
    int most = mode == Rearrangement.Mode.REFLECT ? -1 : 0;
    Padding pixels =
        new Padding(
            random.nextInt(shape.height() + most + 1),
            random.nextInt(shape.width() + most + 1),
            random.nextInt(shape.height() + most + 1) - shape.height() / 2,
            random.nextInt(shape.width() + most + 1) - shape.width() / 2);
    return new Rearrangement.Border(pixels, mode, mode == Mode.CONSTANT ? -0.5 : 0);
  }

  private static <T> T any(SplittableRandom random, T[] all) {
    return List.of(all).get(random.nextInt(all.length));
  }
}
