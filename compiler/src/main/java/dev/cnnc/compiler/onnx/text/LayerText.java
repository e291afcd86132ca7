package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.lower.GraphPrinter;
import dev.cnnc.compiler.lower.Syntax;
import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a layer in the form that a person would choose: dwconv for a depthwise conv, and same in
 * place of four sides.
 */
final class LayerText {

  private final Graph graph;
  private final List<List<Integer>> readers = new ArrayList<>();

  /** Nodes that no output needs do not count as readers, because they are not written. */
  LayerText(Graph graph) {
    this.graph = graph;
    graph.nodes().forEach(_ -> readers.add(new ArrayList<>()));
    boolean[] needed = new boolean[graph.nodes().size()];
    graph.outputs().forEach(output -> needed[output.node()] = true);
    for (Node node : graph.nodes().reversed()) {
      if (needed[node.id()]) {
        for (int input : node.inputs()) {
          needed[input] = true;
          readers.get(input).add(node.id());
        }
      }
    }
  }

  /** The call of a node with its branches. */
  Ast.Call call(Node node, List<Ast.Expression> branches) {
    Ast.Call call = GraphPrinter.call(graph, readers.get(node.id()), node, branches);
    return switch (node.op()) {
      case Op.Conv conv when !conv.isFc() -> conv(call, conv, input(node));
      case Op.Pool pool -> same(call, pool.window(), input(node));
      case Op.Source _,
          Op.Weighted _,
          Op.OneInput _,
          Op.ManyInputs _,
          Computation _,
          Rearrangement _ ->
          call;
    };
  }

  private Shape input(Node node) {
    return graph.node(node.inputs().getFirst()).shape();
  }

  private static Ast.Call conv(Ast.Call call, Op.Conv conv, Shape in) {
    Ast.Call written = same(call, conv.window(), in);
    if (!conv.isDepthwise() || conv.groups() == 1) {
      return written;
    }
    List<Ast.Expression> arguments = new ArrayList<>(written.arguments().orElse(List.of()));
    arguments.removeFirst();
    arguments.removeIf(argument -> isNamed(argument, "groups"));
    return Syntax.call("dwconv", arguments);
  }

  private static Ast.Call same(Ast.Call call, Window window, Shape in) {
    Padding padding = window.padding();
    boolean even = padding.top() == padding.bottom() && padding.left() == padding.right();
    if (even || !padding.equals(automatic(window, in))) {
      return call;
    }
    List<Ast.Expression> arguments = new ArrayList<>(call.arguments().orElse(List.of()));
    arguments.replaceAll(
        argument ->
            isNamed(argument, "pad") ? Syntax.labelled("pad", Syntax.word("same")) : argument);
    return Syntax.call(call.name().text(), arguments);
  }

  /** The padding that {@code pad: same} means here. */
  private static Padding automatic(Window window, Shape in) {
    int rows = missing(in.height(), window.strideHeight(), window.reachHeight());
    int columns = missing(in.width(), window.strideWidth(), window.reachWidth());
    return new Padding(rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
  }

  private static int missing(int input, int stride, int reach) {
    return Math.max(0, (Math.ceilDiv(input, stride) - 1) * stride + reach - input);
  }

  private static boolean isNamed(Ast.Expression argument, String name) {
    return argument instanceof Ast.Labelled labelled
        && labelled.label().parts().equals(List.of(new Ast.LabelPart.Fixed(name)));
  }
}
