package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node of the model with the meaning of its inputs.
 *
 * @param version of the operator set
 * @param past earlier nodes, by the names of their outputs
 * @param readers number of readers of each name, outputs included
 */
record Call(
    Onnx.Node node,
    List<Value> inputs,
    long version,
    ImportDraft draft,
    Map<String, Call> past,
    Map<String, Integer> readers) {

  Call {
    inputs = List.copyOf(inputs);
  }

  String operator() {
    return node.operator();
  }

  /** The name of a layer without tensors. */
  String name() {
    return LayerName.of(node);
  }

  Layouts layouts() {
    return new Layouts(draft);
  }

  Value input(int i) {
    return i < inputs.size() ? inputs.get(i) : new Value.Absent();
  }

  boolean has(int i) {
    return !(input(i) instanceof Value.Absent);
  }

  /** The constant at input {@code i}, if it is one. */
  Optional<Constant> constant(int i) {
    return input(i) instanceof Value.Known(Constant constant)
        ? Optional.of(constant)
        : Optional.empty();
  }

  /**
   * The constant at input {@code i} of two, if it is a single number that does not change the shape
   * of the other input.
   */
  Optional<Constant> single(int i) {
    return constant(i)
        .filter(Constant::isSingle)
        .filter(it -> input(1 - i) instanceof Value.Computed(View x) && it.rank() <= x.rank());
  }

  /** The constant at input {@code i}, which must be one. */
  Constant known(int i, String what) throws Refusal {
    return constant(i)
        .orElseThrow(
            () ->
                new Refusal(
                    "its " + what + " is computed while the network runs",
                    "export the model with a constant there"));
  }

  boolean isComputed(int i) {
    return input(i) instanceof Value.Computed;
  }

  /** The computed value at input {@code i}; a constant becomes a learned value. */
  View view(int i) throws Refusal {
    if (!has(i)) {
      throw new Refusal("lacks its input " + i, "export the model again");
    }
    return view(input(i));
  }

  /** A value as a computed one. */
  View view(Value value) throws Refusal {
    return switch (value) {
      case Value.Computed(View view) -> view;
      case Value.Known(Constant constant) -> learned(constant);
      case Value.Absent _, Value.Lost _ ->
          throw new Refusal("lacks an input", "export the model again");
    };
  }

  /** A constant as a learned value. */
  View learned(Constant constant) throws Refusal {
    return layouts()
        .learned(
            constant,
            Arrangement.picture(constant.rank()),
            LayerName.ofValue(node, constant.name()));
  }

  /** The node that computes input {@code i}. */
  Optional<Call> producer(int i) {
    return i < node.inputs().size()
        ? Optional.ofNullable(past.get(node.inputs().get(i)))
        : Optional.empty();
  }

  /** The node that computes input {@code i}, if it has this operator. */
  Optional<Call> producer(int i, String operator) {
    return producer(i).filter(call -> call.operator().equals(operator));
  }

  /**
   * Whether one of these operators computes input {@code i} and it has no other reader, under this
   * name or another. Then that node may still be changed.
   */
  boolean isOnlyReader(int i, Set<String> operators) throws Refusal {
    String name = node.inputs().get(i);
    Call producer = past.get(name);
    if (producer == null
        || !operators.contains(producer.operator())
        || readers.getOrDefault(name, 0) != 1) {
      return false;
    }
    int made = view(i).node();
    for (Value input : producer.inputs) {
      if (input instanceof Value.Computed(View view) && view.node() == made) {
        return false;
      }
    }
    return true;
  }

  boolean isSame(int i, Call other, int j) {
    return i < node.inputs().size()
        && j < other.node.inputs().size()
        && node.inputs().get(i).equals(other.node.inputs().get(j));
  }

  private Optional<Onnx.Attribute> attribute(String name) {
    return node.attributes().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  boolean hasAttribute(String name) {
    return attribute(name).isPresent();
  }

  long whole(String name, long otherwise) throws Refusal {
    Optional<Onnx.Attribute> found = attribute(name);
    if (found.isEmpty()) {
      return otherwise;
    }
    if (found.get() instanceof Onnx.Attribute.Whole(_, long value)) {
      return value;
    }
    throw wrongKind(name);
  }

  boolean flag(String name) throws Refusal {
    return whole(name, 0) != 0;
  }

  /** Attributes that say what to fill with, or where to stop. */
  private static final Set<String> MAY_BE_INFINITE =
      Set.of("value", "min", "max", "extrapolation_value");

  /** The intended decimal number: 1e-5, not the many digits of the nearest float. */
  double real(String name, double otherwise) throws Refusal {
    Optional<Onnx.Attribute> found = attribute(name);
    if (found.isEmpty()) {
      return otherwise;
    }
    if (found.get() instanceof Onnx.Attribute.Real(_, float value)) {
      if (!Float.isFinite(value) && !MAY_BE_INFINITE.contains(name)) {
        throw new Refusal("its attribute %s is %s".formatted(name, value), "give it a number");
      }
      return shortest(value);
    }
    throw wrongKind(name);
  }

  static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  String text(String name, String otherwise) throws Refusal {
    Optional<Onnx.Attribute> found = attribute(name);
    if (found.isEmpty()) {
      return otherwise;
    }
    if (found.get() instanceof Onnx.Attribute.Text(_, String value)) {
      return value;
    }
    throw wrongKind(name);
  }

  /** An optional list of integers. */
  Optional<List<Integer>> wholes(String name) throws Refusal {
    Optional<Onnx.Attribute> found = attribute(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.get() instanceof Onnx.Attribute.Wholes(_, List<Long> values)) {
      return Optional.of(values.stream().map(Call::bounded).toList());
    }
    throw wrongKind(name);
  }

  private static int bounded(long value) {
    return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** A list of numbers, empty if there is none. */
  List<Float> reals(String name) {
    return attribute(name)
        .filter(Onnx.Attribute.Reals.class::isInstance)
        .map(each -> ((Onnx.Attribute.Reals) each).values())
        .orElse(List.of());
  }

  Optional<Onnx.Tensor> tensor(String name) {
    return attribute(name)
        .filter(Onnx.Attribute.Constant.class::isInstance)
        .map(each -> ((Onnx.Attribute.Constant) each).value());
  }

  List<Onnx.Attribute> attributes() {
    return node.attributes();
  }

  private static Refusal wrongKind(String name) {
    return new Refusal(
        "its attribute " + name + " has another type than in the standard",
        "export the model again");
  }

  /** A dimension; a negative number counts from the end. */
  static int axis(long axis, int rank) throws Refusal {
    long counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted >= Math.max(1, rank)) {
      throw new Refusal(
          "has axis " + axis + " of " + rank + " dimensions", "export the model again");
    }
    return (int) counted;
  }
}
