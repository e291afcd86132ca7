package dev.cnnc.compiler.onnx.read;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads attributes of operators. Old files omit the kind of an attribute; then its content tells.
 */
record AttributeReader(GraphReader graphs) {

  private static final int MOST_NUMBERS = 1_000_000;

  private static final int REAL = 1;
  private static final int WHOLE = 2;
  private static final int TEXT = 3;
  private static final int TENSOR = 4;
  private static final int GRAPH = 5;
  private static final int REALS = 6;
  private static final int WHOLES = 7;

  Onnx.Attribute read(WireReader in) {
    String name = "";
    int kind = 0;
    float real = 0;
    long whole = 0;
    String text = "";
    Optional<Onnx.Tensor> tensor = Optional.empty();
    Optional<Onnx.Graph> graph = Optional.empty();
    String outer = "";
    List<Float> reals = new ArrayList<>();
    List<Long> wholes = new ArrayList<>();
    int seen = 0;
    while (in.next()) {
      switch (in.number()) {
        case 1 -> name = in.text();
        case 2 -> {
          real = in.real();
          seen = REAL;
        }
        case 3 -> {
          whole = in.whole();
          seen = WHOLE;
        }
        case 4 -> {
          text = in.text();
          seen = TEXT;
        }
        case 5 -> {
          tensor = Optional.of(graphs.tensors().read(in.message("a tensor")));
          seen = TENSOR;
        }
        case 7 -> {
          in.reals(reals, MOST_NUMBERS);
          seen = REALS;
        }
        case 8 -> {
          in.wholes(wholes, MOST_NUMBERS);
          seen = WHOLES;
        }
        case 6 -> {
          graph = Optional.of(graphs.inner(in.message("a graph")));
          seen = GRAPH;
        }
        case 21 -> outer = in.text();
        case 20 -> kind = (int) in.whole();
        default -> in.skip();
      }
    }
    if (!outer.isEmpty()) {
      return new Onnx.Attribute.Reference(name, outer);
    }
    return switch (kind == 0 ? seen : kind) {
      case REAL -> new Onnx.Attribute.Real(name, real);
      case WHOLE -> new Onnx.Attribute.Whole(name, whole);
      case TEXT -> new Onnx.Attribute.Text(name, text);
      case TENSOR -> {
        if (tensor.isEmpty()) {
          throw in.broken("attribute " + name + " lacks its tensor");
        }
        yield new Onnx.Attribute.Constant(name, tensor.get());
      }
      case GRAPH -> {
        if (graph.isEmpty()) {
          throw in.broken("attribute " + name + " lacks its graph");
        }
        yield new Onnx.Attribute.Nested(name, graph.get());
      }
      case REALS -> new Onnx.Attribute.Reals(name, reals);
      case WHOLES -> new Onnx.Attribute.Wholes(name, wholes);
      case 10 -> new Onnx.Attribute.Other(name, "a list of graphs");
      case 8 -> new Onnx.Attribute.Other(name, "a list of texts");
      case 9 -> new Onnx.Attribute.Other(name, "a list of tensors");
      default -> new Onnx.Attribute.Other(name, "of kind " + kind);
    };
  }
}
