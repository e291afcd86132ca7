package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Activation.Quantize;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.onnx.Onnx.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Quantised numbers: integers {@code q} that stand for {@code (q - zero point) * scale}. A value of
 * the network holds the integers as floats, which are exact.
 *
 * @param scale one number, or one for each index of {@code axis}
 * @param zeroPoint of the same shape, or absent
 * @param type of the integers
 */
record Quantized(Call call, Value scale, Value zeroPoint, DataType type, long axis) {

  /** Of a call whose scale is input {@code i} and whose zero point is the next. */
  static Quantized at(Call call, int i) throws Refusal {
    Value zero = call.input(i + 1);
    DataType type = zero instanceof Value.Known(Constant it) ? it.type() : DataType.UINT8;
    return new Quantized(call, call.input(i), zero, type, call.whole("axis", 1));
  }

  /** Of another type, where there is no zero point to say it. */
  Quantized as(DataType other) {
    return call.has(2) ? this : new Quantized(call, scale, zeroPoint, other, axis);
  }

  private static Optional<Constant> single(Value value) {
    return value instanceof Value.Known(Constant it) && it.isSingle()
        ? Optional.of(it)
        : Optional.empty();
  }

  /** The scale, if it is one known number. */
  private Optional<Double> knownScale() {
    return single(scale).filter(_ -> knownZero().isPresent()).map(it -> shortest(it.single()));
  }

  private Optional<Double> knownZero() {
    return zeroPoint instanceof Value.Absent
        ? Optional.of(0.0)
        : single(zeroPoint).map(Constant::single);
  }

  private static double shortest(double number) {
    return Call.shortest((float) number);
  }

  private double least() throws Refusal {
    return switch (type) {
      case UINT8, UINT16 -> 0;
      case INT8 -> Byte.MIN_VALUE;
      case INT16 -> Short.MIN_VALUE;
      case FLOAT, INT32, INT64, BOOL, FLOAT16, DOUBLE, UINT32, UINT64, BFLOAT16 ->
          throw new Refusal("quantises to " + type, "quantise to 8 or 16 bits");
    };
  }

  private double most() throws Refusal {
    return switch (type) {
      case UINT8 -> 0xff;
      case UINT16 -> 0xffff;
      case INT8 -> Byte.MAX_VALUE;
      case INT16 -> Short.MAX_VALUE;
      case FLOAT, INT32, INT64, BOOL, FLOAT16, DOUBLE, UINT32, UINT64, BFLOAT16 ->
          throw new Refusal("quantises to " + type, "quantise to 8 or 16 bits");
    };
  }

  /** The integers of numbers. */
  View quantized(View x) throws Refusal {
    Spelling it = new Spelling(call);
    if (knownScale().isPresent() && knownZero().isPresent()) {
      requireScale(knownScale().get());
      return bounded(
          x, new Quantize(knownScale().get(), knownZero().get(), least(), most(), false));
    }
    View steps = it.combine(Operator.DIV, new Value.Computed(x), alongAxis(scale, x.rank()));
    View rounded = it.apply(steps, Elementary.ROUND);
    View integers =
        zeroPoint instanceof Value.Absent
            ? rounded
            : it.combine(Operator.ADD, new Value.Computed(rounded), alongAxis(zeroPoint, x.rank()));
    return it.apply(integers, new Activation.Clip(least(), most()));
  }

  private static void requireScale(double scale) throws Refusal {
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new Refusal("has a scale of " + scale, "a scale is a number above 0");
    }
  }

  /**
   * The integers within bounds. What bounds the numbers before can bound the integers: rounding
   * keeps their order.
   */
  private View bounded(View x, Quantize whole) throws Refusal {
    if (!(call.draft().op(x.node()) instanceof Op.Activate(Activation function))) {
      return FunctionOperators.apply(call, x, whole);
    }
    Optional<Activation.Clip> bounds =
        switch (function) {
          case Activation.Relu() -> Optional.of(new Activation.Clip(0, Double.POSITIVE_INFINITY));
          case Activation.Relu6() -> Optional.of(new Activation.Clip(0, 6));
          case Activation.Clip clip -> Optional.of(clip);
          default -> Optional.empty();
        };
    if (bounds.isEmpty()) {
      return FunctionOperators.apply(call, x, whole);
    }
    Quantize cut =
        new Quantize(
            whole.scale(),
            whole.zeroPoint(),
            integer(bounds.get().least(), whole),
            integer(bounds.get().most(), whole),
            false);
    return FunctionOperators.apply(call, x.with(call.draft().inputs(x.node()).getFirst()), cut);
  }

  private static double integer(double number, Quantize q) {
    double quotient = Math.rint((float) number / (float) q.scale());
    return Math.clamp(quotient + q.zeroPoint(), q.least(), q.most());
  }

  /** The numbers that integers stand for. */
  View dequantized(View integers) throws Refusal {
    Spelling it = new Spelling(call);
    if (knownScale().isEmpty()) {
      return it.combine(
          Operator.MUL, new Value.Computed(centred(integers)), alongAxis(scale, integers.rank()));
    }
    if (call.draft().op(integers.node()) instanceof Op.Activate(Quantize q)
        && !q.back()
        && q.scale() == knownScale().get()
        && q.zeroPoint() == knownZero().orElse(Double.NaN)) {
      Quantize both = new Quantize(q.scale(), q.zeroPoint(), q.least(), q.most(), true);
      int before = call.draft().inputs(integers.node()).getFirst();
      return FunctionOperators.apply(call, integers.with(before), both);
    }
    return it.linear(centred(integers), knownScale().get(), 0);
  }

  /** Integers less the zero point. */
  View centred(View integers) throws Refusal {
    Spelling it = new Spelling(call);
    if (knownZero().isPresent()) {
      return it.linear(integers, 1, -knownZero().get());
    }
    return it.combine(
        Operator.SUB, new Value.Computed(integers), alongAxis(zeroPoint, integers.rank()));
  }

  /** The same of constants, as floats multiply them. */
  Constant dequantized(Constant integers) throws Refusal {
    if (!(scale instanceof Value.Known(Constant factors))) {
      throw new Refusal("its scale is computed while the network runs", "export it as a constant");
    }
    return scaled(integers, factors);
  }

  /** Constant integers less the zero point. */
  Constant centred(Constant integers) throws Refusal {
    return scaled(integers, Constant.of(List.of(), DataType.FLOAT, 1));
  }

  private Constant scaled(Constant integers, Constant factors) throws Refusal {
    Constant factor = expanded(factors, integers.sizes());
    Constant zero = expandedZero(integers);
    return new Constant(
        integers.name(),
        integers.sizes(),
        DataType.FLOAT,
        integers.steps() + 1,
        () -> product(integers, zero, factor),
        () -> wide(product(integers, zero, factor)));
  }

  private Constant expandedZero(Constant integers) throws Refusal {
    return switch (zeroPoint) {
      case Value.Known(Constant zero) -> expanded(zero, integers.sizes());
      case Value.Absent _ -> expanded(Constant.of(List.of(), DataType.FLOAT, 0), integers.sizes());
      case Value.Computed _, Value.Lost _ ->
          throw new Refusal(
              "its zero point is computed while the network runs", "export it as a constant");
    };
  }

  private static float[] product(Constant integers, Constant zero, Constant factor) {
    double[] q = integers.doubles().get();
    double[] z = zero.doubles().get();
    float[] s = factor.floats().get();
    float[] numbers = new float[q.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (q[i] - z[i]) * s[i];
    }
    return numbers;
  }

  private static double[] wide(float[] numbers) {
    double[] wide = new double[numbers.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = numbers[i];
    }
    return wide;
  }

  private Constant expanded(Constant constant, List<Integer> sizes) throws Refusal {
    Constant laid =
        constant.isSingle()
            ? constant.reshaped(Collections.nCopies(sizes.size(), 1))
            : alongAxis(constant, sizes.size());
    return laid.expanded(sizes);
  }

  /** One number for each index of the axis, laid along it. */
  private Value alongAxis(Value value, int rank) throws Refusal {
    return value instanceof Value.Known(Constant it) && !it.isSingle()
        ? new Value.Known(alongAxis(it, rank))
        : value;
  }

  private Constant alongAxis(Constant constant, int rank) throws Refusal {
    if (constant.rank() > 1) {
      throw new Refusal("has scales for blocks", "quantise by tensor or by channel");
    }
    List<Integer> sizes = new ArrayList<>(Collections.nCopies(rank, 1));
    sizes.set(Call.axis(axis, rank), constant.size());
    return constant.reshaped(sizes);
  }
}
