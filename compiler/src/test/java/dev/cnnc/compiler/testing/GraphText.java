package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.runtime.weights.Recipe;
import java.util.stream.Collectors;

/** One line a node, as goldens have it: {@code conv1 = Conv(input) [8, 4, 4]}. */
public final class GraphText {

  private GraphText() {}

  public static String of(Graph graph) {
    String nodes =
        graph.nodes().stream().map(node -> line(graph, node)).collect(Collectors.joining("\n"));
    String outputs =
        graph.outputs().stream()
            .map(output -> output.name() + "=" + graph.node(output.node()).name())
            .collect(Collectors.joining(" "));
    return nodes + "\n-> " + outputs;
  }

  private static String line(Graph graph, Node node) {
    String inputs =
        node.inputs().stream()
            .map(id -> graph.node(id).name())
            .collect(Collectors.joining(", ", "(", ")"));
    String kind = node.op().getClass().getSimpleName();
    return node.name() + " = " + kind + inputs + details(node.op()) + " " + node.shape();
  }

  private static String details(Op op) {
    if (op instanceof Op.Weighted sum) {
      String bias = sum.bias().map(recipe -> " bias: " + text(recipe)).orElse("");
      return " weight: " + text(sum.weight()) + bias + text(sum.epilogue());
    }
    if (op instanceof Op.Scale(Recipe factor, Recipe shift, var function)) {
      return " factor: "
          + text(factor)
          + " shift: "
          + text(shift)
          + text(new Epilogue(false, function));
    }
    if (op instanceof Op.Learned(Recipe tensor)) {
      return " " + text(tensor);
    }
    return "";
  }

  private static String text(Epilogue epilogue) {
    String activation = epilogue.activation().getClass().getSimpleName();
    return (epilogue.residual() ? " then: Add" : "")
        + (activation.equals("Identity") ? "" : " then: " + activation);
  }

  public static String text(Recipe recipe) {
    return switch (recipe) {
      case Recipe.Stored(String name, _) -> name;
      case Recipe.Filled(double value, _) -> String.valueOf(value);
      case Recipe.Sum(Recipe left, Recipe right) -> "(" + text(left) + " + " + text(right) + ")";
      case Recipe.RowProduct(Recipe tensor, Recipe factors) -> text(tensor) + " * " + text(factors);
      case Recipe.Reshaped(Recipe tensor, var shape) -> text(tensor) + " as " + shape;
      case Recipe.Transposed(Recipe tensor, int axis) -> text(tensor) + " transposed at " + axis;
      case Recipe.Winograd(Recipe filters, var rows, var columns) ->
          text(filters) + " between " + rows + " and " + columns;
      case Recipe.InverseRoot(Recipe value, double epsilon) ->
          "1/sqrt(" + text(value) + " + " + epsilon + ")";
      case Recipe.Product(Recipe left, Recipe right) -> text(left) + " x " + text(right);
      case Recipe.Join(var parts) ->
          parts.stream().map(GraphText::text).collect(Collectors.joining(", ", "[", "]"));
    };
  }
}
