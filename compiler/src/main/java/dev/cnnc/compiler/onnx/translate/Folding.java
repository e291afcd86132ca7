package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.Onnx.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Computes values that are known during the import: constants, and shapes of other values. */
final class Folding {

  /** Operators that are handled only here and in {@link FoldedArithmetic}. */
  private static final Set<String> ONLY_KNOWN =
      Set.of("Constant", "Shape", "Size", "ConstantOfShape", "Range");

  private Folding() {}

  /** Operators that do not move elements. */
  private static final Set<String> FREE =
      Set.of(
          "Constant",
          "Identity",
          "Dropout",
          "Cast",
          "CastLike",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "DequantizeLinear");

  /** Whether an operator creates new elements during the import. */
  static boolean makes(String operator) {
    return !FREE.contains(operator);
  }

  /** Whether an operator can be computed if its inputs are known. */
  static boolean handles(String operator) {
    return ONLY_KNOWN.contains(operator);
  }

  /** The output of a node, if it is known. */
  static Optional<Constant> fold(Call call) throws Refusal {
    return switch (call.operator()) {
      case "Constant" -> Optional.of(constant(call));
      case "Shape" -> Optional.of(shape(call));
      case "Size" ->
          Optional.of(
              Constant.of(List.of(), DataType.INT64, (double) ViewOperators.product(sizes(call))));
      case "CastLike" -> call.constant(0).map(x -> x.as(typeOf(call)));
      default -> {
        boolean known = call.inputs().stream().noneMatch(Value.Computed.class::isInstance);
        yield known && call.has(0) ? known(call) : Optional.empty();
      }
    };
  }

  private static Constant constant(Call call) throws Refusal {
    Optional<Onnx.Tensor> value = call.tensor("value");
    if (value.isPresent()) {
      return Constant.of(value.get());
    }
    for (Onnx.Attribute attribute : call.attributes()) {
      Optional<Constant> constant =
          switch (attribute) {
            case Onnx.Attribute.Whole(_, long number) ->
                Optional.of(Constant.of(List.of(), DataType.INT64, (double) number));
            case Onnx.Attribute.Real(_, float number) ->
                Optional.of(Constant.of(List.of(), DataType.FLOAT, number));
            case Onnx.Attribute.Wholes(_, List<Long> numbers) ->
                Optional.of(
                    Constant.of(
                        List.of(numbers.size()),
                        DataType.INT64,
                        numbers.stream().mapToDouble(Long::doubleValue).toArray()));
            case Onnx.Attribute.Reals(_, List<Float> numbers) ->
                Optional.of(
                    Constant.of(
                        List.of(numbers.size()),
                        DataType.FLOAT,
                        numbers.stream().mapToDouble(Float::doubleValue).toArray()));
            case Onnx.Attribute.Constant _,
                Onnx.Attribute.Text _,
                Onnx.Attribute.Nested _,
                Onnx.Attribute.Reference _,
                Onnx.Attribute.Other _ ->
                Optional.empty();
          };
      if (constant.isPresent()) {
        return constant.get();
      }
    }
    throw new Refusal("is a constant without numbers", "export the model again");
  }

  private static List<Integer> sizes(Call call) throws Refusal {
    return call.constant(0).isPresent() ? call.constant(0).get().sizes() : call.view(0).sizes();
  }

  private static Constant shape(Call call) throws Refusal {
    List<Integer> sizes = sizes(call);
    int end = bound(call.whole("end", sizes.size()), sizes.size());
    int start = bound(call.whole("start", 0), sizes.size());
    return Constant.row(start < end ? sizes.subList(start, end) : List.of());
  }

  private static int bound(long place, int size) {
    return Math.clamp(place < 0 ? place + size : place, 0, size);
  }

  /** The output of a node whose inputs are all known. */
  private static Optional<Constant> known(Call call) throws Refusal {
    Constant x = call.known(0, "input");
    Optional<Constant> arithmetic = FoldedArithmetic.fold(call);
    if (arithmetic.isPresent()) {
      return arithmetic;
    }
    return Optional.ofNullable(
        switch (call.operator()) {
          case "Identity", "Dropout" -> x;
          case "Cast" -> cast(call, x);
          case "ConstantOfShape" -> filled(call, x.integers());
          case "Reshape" ->
              x.reshaped(
                  ViewOperators.reshaped(
                      x.sizes(), call.known(1, "shape").integers(), call.flag("allowzero")));
          case "Flatten" -> x.reshaped(ViewOperators.flattened(x.sizes(), call.whole("axis", 1)));
          case "Squeeze" ->
              x.reshaped(ViewOperators.squeezed(x.sizes(), ViewOperators.axes(call, 1, x.rank())));
          case "Unsqueeze" -> x.reshaped(ViewOperators.unsqueezed(call, x.sizes()));
          case "Transpose" -> x.transposed(ViewOperators.order(call, x.rank()));
          case "Expand" -> {
            List<Integer> to = Broadcast.of(x.sizes(), call.known(1, "shape").integers());
            yield x.ofRank(to.size()).expanded(to);
          }
          case "Concat" -> concat(call, x);
          case "Slice" -> slice(call, x);
          case "Gather" -> gather(call, x, call.known(1, "index"));
          case "Range" -> range(call, x);
          case "Trilu" -> SpelledProducts.triangle(call, x);
          case "DequantizeLinear", "com.microsoft.DequantizeLinear" ->
              QuantizedOperators.dequantized(call, x);
          default -> null;
        });
  }

  private static Constant cast(Call call, Constant x) throws Refusal {
    long to = call.whole("to", DataType.FLOAT.number());
    for (DataType type : DataType.values()) {
      if (type.number() == to) {
        return x.as(type);
      }
    }
    throw new Refusal("casts to type %s of ONNX".formatted(to), "cast to numbers");
  }

  /** The type of the second input; what a network computes are floats. */
  private static DataType typeOf(Call call) {
    return call.constant(1).map(Constant::type).orElse(DataType.FLOAT);
  }

  private static Constant filled(Call call, List<Integer> sizes) throws Refusal {
    Constant value =
        call.tensor("value").map(Constant::of).orElse(Constant.of(List.of(1), DataType.FLOAT, 0));
    if (sizes.stream().anyMatch(size -> size < 0)) {
      throw new Refusal("makes a constant of shape " + sizes, "leave it out");
    }
    return value.reshaped(Collections.nCopies(sizes.size(), 1)).expanded(sizes);
  }

  private static Constant concat(Call call, Constant first) throws Refusal {
    int axis = Call.axis(call.whole("axis", 0), first.rank());
    List<Integer> sizes = new ArrayList<>(first.sizes());
    int outer = ViewOperators.product(first.sizes().subList(0, axis));
    int whole = 0;
    for (int i = 0; i < call.inputs().size(); i++) {
      whole = Math.addExact(whole, call.known(i, "part").sizes().get(axis));
    }
    sizes.set(axis, whole);
    double[] joined = new double[ViewOperators.product(Constant.bounded(sizes))];
    List<double[]> parts = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      parts.add(call.known(i, "part").doubles().get());
    }
    int place = 0;
    for (int row = 0; row < outer; row++) {
      for (double[] part : parts) {
        int length = part.length / Math.max(1, outer);
        System.arraycopy(part, row * length, joined, place, length);
        place += length;
      }
    }
    return Constant.of(sizes, first.type(), joined);
  }

  private static Constant slice(Call call, Constant x) throws Refusal {
    List<Integer> sizes = new ArrayList<>(x.sizes());
    List<Integer> steps = new ArrayList<>(Indices.strides(x.sizes()));
    int start = 0;
    for (Range range : Range.of(call, x.sizes())) {
      start += range.from() * steps.get(range.axis());
      sizes.set(range.axis(), range.count());
      steps.set(range.axis(), steps.get(range.axis()) * range.step());
    }
    int from = start;
    return x.gathered(sizes, () -> Indices.places(sizes, steps, from));
  }

  private static Constant gather(Call call, Constant x, Constant indices) throws Refusal {
    int axis = Call.axis(call.whole("axis", 0), x.rank());
    int stride = Indices.strides(x.sizes()).get(axis);
    int length = x.sizes().get(axis);
    List<Integer> sizes = new ArrayList<>(x.sizes());
    sizes.subList(axis, axis + 1).clear();
    sizes.addAll(axis, indices.sizes());
    List<Integer> wanted = new ArrayList<>();
    for (int index : indices.integers()) {
      wanted.add(Call.axis(index, length));
    }
    int outer = ViewOperators.product(x.sizes().subList(0, axis));
    return x.gathered(
        Constant.bounded(sizes),
        () -> {
          int[] places = new int[ViewOperators.product(sizes)];
          int place = 0;
          for (int row = 0; row < outer; row++) {
            for (int index : wanted) {
              for (int i = 0; i < stride; i++) {
                places[place++] = (row * length + index) * stride + i;
              }
            }
          }
          return places;
        });
  }

  private static Constant range(Call call, Constant start) throws Refusal {
    DataType type = start.type();
    double from = start.single();
    double step = call.known(2, "step").single();
    double length = ElementRounding.of(type, call.known(1, "limit").single() - from);
    double count =
        Math.ceil(type.isWhole() ? length / step : ElementRounding.of(type, length / step));
    if (!(count <= Constant.MOST_ELEMENTS)) {
      throw new Refusal("is an endless range", "leave it out");
    }
    double[] values = new double[Math.max(0, (int) count)];
    double next = from;
    for (int i = 0; i < values.length; i++) {
      values[i] = next;
      next = ElementRounding.of(type, next + step);
    }
    return Constant.of(List.of(values.length), type, values);
  }

  /** The reciprocal of each element. */
  static Constant reciprocal(Constant x) {
    double[] values = x.doubles().get();
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 / values[i];
    }
    return Constant.of(x.sizes(), DataType.DOUBLE, values).named(x.name());
  }
}
