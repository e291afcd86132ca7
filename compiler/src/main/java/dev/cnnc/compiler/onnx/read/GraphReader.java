package dev.cnnc.compiler.onnx.read;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads graphs and functions; nodes may have graphs in them.
 *
 * @param depth number of graphs around
 */
record GraphReader(TensorReader tensors, int depth) {

  /** Most nodes or tensors; no network has more, and such a file would only cost time. */
  private static final int MOST = 200_000;

  private static final int DEEPEST = 16;

  /** The graph of a model. */
  Onnx.Graph outer(WireReader in) {
    return GraphOrder.outer(graph(in));
  }

  /** The graph of a node, which may read names around it. */
  Onnx.Graph inner(WireReader in) {
    if (depth == DEEPEST) {
      throw in.broken("graphs in more than " + DEEPEST + " others");
    }
    return GraphOrder.inner(new GraphReader(tensors, depth + 1).graph(in));
  }

  private Onnx.Graph graph(WireReader in) {
    String name = "";
    List<Onnx.Node> nodes = new ArrayList<>();
    List<Onnx.Tensor> initializers = new ArrayList<>();
    List<Onnx.ValueInfo> inputs = new ArrayList<>();
    List<Onnx.ValueInfo> outputs = new ArrayList<>();
    while (in.next()) {
      if (nodes.size() + initializers.size() + inputs.size() + outputs.size() > MOST) {
        throw in.broken("more than " + MOST + " nodes and tensors");
      }
      switch (in.number()) {
        case 1 -> nodes.add(node(in.message("node " + nodes.size())));
        case 2 -> name = in.text();
        case 5 -> initializers.add(tensors.read(in.message("tensor " + initializers.size())));
        case 11 -> inputs.add(TypeReader.value(in.message("input " + inputs.size())));
        case 12 -> outputs.add(TypeReader.value(in.message("output " + outputs.size())));
        case 15 -> throw in.broken("sparse tensors, which cannot be read");
        default -> in.skip();
      }
    }
    return new Onnx.Graph(name, nodes, initializers, inputs, outputs);
  }

  /** A function of the file; its nodes read its inputs and each other. */
  Onnx.Function function(WireReader in) {
    String name = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<Onnx.Node> nodes = new ArrayList<>();
    List<Onnx.Attribute> defaults = new ArrayList<>();
    List<Onnx.OperatorSet> operators = new ArrayList<>();
    while (in.next()) {
      if (nodes.size() + inputs.size() + outputs.size() + defaults.size() > MOST) {
        throw in.broken("more than " + MOST + " nodes and names");
      }
      switch (in.number()) {
        case 1 -> name = in.text();
        case 4 -> inputs.add(in.text());
        case 5 -> outputs.add(in.text());
        case 7 -> nodes.add(node(in.message("node " + nodes.size())));
        case 9 -> operators.add(OperatorSetReader.read(in.message("an operator set")));
        case 10 -> domain = in.text();
        case 11 -> defaults.add(new AttributeReader(this).read(in.message("an attribute")));
        default -> in.skip();
      }
    }
    return new Onnx.Function(
        title(domain, name), inputs, outputs, defaults, GraphOrder.sorted(nodes), operators);
  }

  private Onnx.Node node(WireReader in) {
    String name = "";
    String operator = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<Onnx.Attribute> attributes = new ArrayList<>();
    while (in.next()) {
      switch (in.number()) {
        case 1 -> inputs.add(in.text());
        case 2 -> outputs.add(in.text());
        case 3 -> name = in.text();
        case 4 -> operator = in.text();
        case 5 -> attributes.add(new AttributeReader(this).read(in.message("an attribute")));
        case 7 -> domain = in.text();
        default -> in.skip();
      }
    }
    return new Onnx.Node(name, title(domain, operator), inputs, outputs, attributes);
  }

  /** The name of an operator with its domain, unless it is that of the standard. */
  private static String title(String domain, String name) {
    return domain.isEmpty() || domain.equals("ai.onnx") ? name : domain + "." + name;
  }
}
