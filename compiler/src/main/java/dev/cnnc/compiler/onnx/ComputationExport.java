package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Axes;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.List;

/** Exports the ops of {@link Computation}. */
record ComputationExport(ModelDraft draft, Values values) {

  void add(Node node, Computation op) {
    String made =
        switch (op) {
          case Computation.Combine(Operator operator) -> combine(node, operator);
          case Computation.MatMul() -> draft.node(node.name(), "MatMul", inputs(node));
          case Computation.Sample() -> sample(node);
          case Computation.Reduce(Reducer reducer, Axes axes) -> reduce(node, reducer, axes);
          case Computation.GroupNorm norm -> groupNorm(node, norm);
          case Computation.ConvTranspose conv -> convTranspose(node, conv);
        };
    values.put(node, Form.CHANNELS_FIRST, made);
  }

  /** The inputs in NCHW, where every value has four sides, and operators repeat sides of 1. */
  private List<String> inputs(Node node) {
    return node.inputs().stream().map(id -> values.name(id, Form.CHANNELS_FIRST)).toList();
  }

  /** The operator wants places from -1 to 1, from edge to edge, as pixels of two channels. */
  private String sample(Node node) {
    String name = node.name();
    List<String> inputs = inputs(node);
    Shape picture = values.shape(node.inputs().getFirst());
    String pixels =
        draft.node(
            name + "/Transpose",
            "Transpose",
            List.of(inputs.get(1)),
            new Onnx.Attribute.Wholes("perm", List.of(0L, 2L, 3L, 1L)));
    float across = 1f / picture.width();
    float along = 1f / picture.height();
    String sides = draft.reals(List.of(2L), List.of(2 * across, 2 * along));
    String shifts = draft.reals(List.of(2L), List.of(across - 1, along - 1));
    String scaled = draft.node(name + "/Mul", "Mul", List.of(pixels, sides));
    String grid = draft.node(name + "/Add", "Add", List.of(scaled, shifts));
    return draft.node(name, "GridSample", List.of(inputs.getFirst(), grid));
  }

  /** Only the sum takes its axes as an input. */
  private String reduce(Node node, Reducer reducer, Axes axes) {
    String x = inputs(node).getFirst();
    List<Long> numbers = axes.numbers().stream().map(axis -> axis + 1L).toList();
    String word =
        switch (reducer) {
          case MEAN -> "ReduceMean";
          case MAX -> "ReduceMax";
          case MIN -> "ReduceMin";
          case SUM -> "ReduceSum";
          case SUM_SQUARE -> "ReduceSumSquare";
          case L1 -> "ReduceL1";
          case L2 -> "ReduceL2";
        };
    return reducer == Reducer.SUM
        ? draft.node(node.name(), word, List.of(x, draft.wholes(numbers)))
        : draft.node(node.name(), word, List.of(x), new Onnx.Attribute.Wholes("axes", numbers));
  }

  private String convTranspose(Node node, Computation.ConvTranspose conv) {
    List<String> inputs = new ArrayList<>(inputs(node));
    conv.tensors()
        .forEach(
            (end, tensor) ->
                inputs.add(
                    draft.tensor(
                        node.name() + "." + end,
                        tensor,
                        tensor.shape().stream().map(Integer::longValue).toList())));
    return draft.node(
        node.name(),
        "ConvTranspose",
        inputs,
        SumExport.window(
            conv.window(),
            new Onnx.Attribute.Whole("group", conv.groups()),
            new Onnx.Attribute.Wholes(
                "output_padding",
                List.of((long) conv.more().rows(), (long) conv.more().columns()))));
  }

  /** In the form of PyTorch's exporter: an instance norm with each group in one row. */
  private String groupNorm(Node node, Computation.GroupNorm norm) {
    String name = node.name();
    String x = inputs(node).getFirst();
    long channels = node.shape().channels();
    Onnx.Attribute epsilon = new Onnx.Attribute.Real("epsilon", (float) norm.epsilon());
    if (norm.groups() == channels) {
      String weight = draft.tensor(name + ".weight", norm.weight(), List.of(channels));
      String bias = draft.tensor(name + ".bias", norm.bias(), List.of(channels));
      return draft.node(name, "InstanceNormalization", List.of(x, weight, bias), epsilon);
    }
    List<Integer> groups = List.of(norm.groups());
    List<Long> each = List.of((long) norm.groups());
    String rows =
        values.reshaped(
            name, x, List.of(1L, (long) norm.groups(), (long) node.shape().size() / norm.groups()));
    String ones = draft.tensor(name + "/ones", new Recipe.Filled(1, groups), each);
    String zeros = draft.tensor(name + "/zeros", new Recipe.Filled(0, groups), each);
    String normed =
        draft.node(
            name + "/InstanceNormalization",
            "InstanceNormalization",
            List.of(rows, ones, zeros),
            epsilon);
    String back = values.reshaped(name, normed, Form.CHANNELS_FIRST.dimensions(node.shape()));
    List<Long> dimensions = List.of(channels, 1L, 1L);
    String weight = draft.tensor(name + ".weight", norm.weight(), dimensions);
    String bias = draft.tensor(name + ".bias", norm.bias(), dimensions);
    String product = draft.node(name + "/Mul", "Mul", List.of(back, weight));
    return draft.node(name, "Add", List.of(product, bias));
  }

  private String combine(Node node, Operator operator) {
    String word =
        switch (operator) {
          case ADD -> "Add";
          case SUB -> "Sub";
          case MUL -> "Mul";
          case DIV -> "Div";
          case MIN -> "Min";
          case MAX -> "Max";
          case POW -> "Pow";
          case FMOD -> "Mod";
        };
    List<String> inputs = inputs(node);
    String left = inputs.getFirst();
    for (int i = 1; i < inputs.size(); i++) {
      String name = i + 1 < inputs.size() ? node.name() + "/" + word : node.name();
      left =
          operator == Operator.FMOD
              ? draft.node(
                  name, word, List.of(left, inputs.get(i)), new Onnx.Attribute.Whole("fmod", 1))
              : draft.node(name, word, List.of(left, inputs.get(i)));
    }
    return left;
  }
}
