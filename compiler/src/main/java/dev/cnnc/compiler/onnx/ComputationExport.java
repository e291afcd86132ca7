package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Node;
import java.util.List;

/** The ops of {@link Computation}. */
record ComputationExport(Draft draft, Values values) {

  void add(Node node, Computation op) {
    String made =
        switch (op) {
          case Computation.Combine(Operator operator) -> combine(node, operator);
          case Computation.MatMul() -> draft.node(node.name(), "MatMul", inputs(node));
        };
    values.put(node, Form.CHANNELS_FIRST, made);
  }

  /** With channels in front every value has four sides, and operators repeat those of one. */
  private List<String> inputs(Node node) {
    return node.inputs().stream().map(id -> values.name(id, Form.CHANNELS_FIRST)).toList();
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
        };
    List<String> inputs = inputs(node);
    String left = inputs.getFirst();
    for (int i = 1; i < inputs.size(); i++) {
      String name = i + 1 < inputs.size() ? node.name() + "/" + word : node.name();
      left = draft.node(name, word, List.of(left, inputs.get(i)));
    }
    return left;
  }
}
