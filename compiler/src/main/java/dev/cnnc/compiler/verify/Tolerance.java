package dev.cnnc.compiler.verify;

import dev.cnnc.compiler.ir.Accuracy;
import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Interpolation;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.plan.Transforms;

/**
 * How far a layer computed in float may lie from the reference, which computes in double on the
 * same inputs: relative to the largest number that the layer reads or gives.
 *
 * <p>Whatever only moves or chooses numbers is exact.
 */
public record Tolerance(double relative) {

  private static final Tolerance EXACT = new Tolerance(0);

  /** A few roundings. */
  private static final Tolerance ROUNDED = new Tolerance(2e-7);

  /** As many elements add up with no more. */
  private static final int FEW = 4;

  /** An exponential and what is made of it. */
  private static final Tolerance FUNCTION = new Tolerance(5e-7);

  /** Thousands of roundings, of which most cancel. */
  private static final Tolerance SUM = new Tolerance(4e-6);

  private static final double THOUSANDS = 4096;

  /**
   * Sums of sums that are larger than what is left of them in the end: what Winograd costs, where a
   * plan may choose it.
   */
  private static final Tolerance TRANSFORMED = new Tolerance(3e-5);

  /**
   * Weights that are exponentials of sums: the rounding of a score of hundreds moves its weight.
   */
  private static final Tolerance WEIGHED = new Tolerance(1e-4);

  /** The one of a layer of {@code network}, before its passes or behind them. */
  public static Tolerance of(Network network, Node node) {
    return switch (node.op()) {
      case Op.Conv _ when Transforms.mayCompute(network, node) -> TRANSFORMED;
      case Op.Conv _, Op.LayerNorm _ -> SUM;
      case Op.Fc fc -> sum(fc.weight().shape().getLast());
      case Op.Attention _ -> WEIGHED;
      case Op.Activate(Activation function) -> of(function);
      case Op.Pool(var reduction, var window, boolean _, boolean _) -> of(reduction, window.taps());
      case Op.GlobalPool(var reduction) -> of(reduction, Integer.MAX_VALUE);
      case Op.Softmax _, Op.LocalResponseNorm _ -> FUNCTION;
      case Op.Scale scale -> new Tolerance(ROUNDED.relative() + of(scale.function()).relative());
      case Op.Elementwise _ -> ROUNDED;
      case Rearrangement.Resize(var _, var _, Interpolation how) ->
          how.method() == Interpolation.Method.NEAREST ? EXACT : SUM;
      case Computation.MatMul _,
          Computation.Sample _,
          Computation.GroupNorm _,
          Computation.ConvTranspose _ ->
          SUM;
      case Computation.Reduce(var reducer, var _) ->
          switch (reducer) {
            case MAX, MIN -> EXACT;
            case MEAN, SUM, SUM_SQUARE, L1, L2 -> SUM;
          };
      case Computation.Combine(var operator) ->
          switch (operator) {
            case MIN, MAX -> EXACT;
            case ADD, SUB, MUL, DIV, POW, FMOD -> ROUNDED;
          };
      case Op.Source _, Op.Moves _, Rearrangement _ -> EXACT;
    };
  }

  /** The one of another engine, which adds plain sums. */
  static Tolerance ofPeer(Network network, Node node) {
    return node.op() instanceof Op.Conv ? SUM : of(network, node);
  }

  /**
   * How far another step of a layer with steps lies: the layer is exact, but what is computed just
   * before it, and differs by a rounding, may be rounded to another step.
   */
  static double step(Node node) {
    return switch (node.op()) {
      case Op.Activate(Activation.Quantize q) -> q.back() ? q.scale() : 1;
      case Op.Activate(Activation.Elementary function)
          when function.description().accuracy() == Accuracy.STEP ->
          function == Activation.Elementary.SIGN ? 2 : 1;
      default -> 0;
    };
  }

  /** The step of a quantisation of floats; 0 of everything else. */
  static double quantum(Node node) {
    return node.op() instanceof Op.Activate(Activation.Quantize _) ? step(node) : 0;
  }

  /**
   * The largest number of a function whose error is as large for all numbers: engines compute a
   * sigmoid near 0 no better than near 1.
   */
  static double range(Node node) {
    return switch (node.op()) {
      case Op.Activate(Activation.Sigmoid()) -> 1;
      case Op.Softmax(boolean logarithm) -> logarithm ? 0 : 1;
      default -> 0;
    };
  }

  /** Of roundings that go either way the root of their number is left. */
  private static Tolerance sum(int terms) {
    return new Tolerance(SUM.relative() * Math.max(1, Math.sqrt(terms / THOUSANDS)));
  }

  private static Tolerance of(Activation function) {
    return switch (function.description().accuracy()) {
      case EXACT -> EXACT;
      // An integer is exact, what it stands for is a product.
      case STEP -> function instanceof Activation.Quantize q && q.back() ? ROUNDED : EXACT;
      case ROUNDED -> ROUNDED;
      case FUNCTION -> FUNCTION;
      case SUM -> SUM;
    };
  }

  private static Tolerance of(Op.Reduction reduction, int elements) {
    return switch (reduction) {
      case MAX -> EXACT;
      case AVERAGE -> elements <= FEW ? ROUNDED : SUM;
    };
  }
}
