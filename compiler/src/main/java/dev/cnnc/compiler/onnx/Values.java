package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Recipe;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The names of the graph's values in the model. A value is computed in one form and converted at
 * most once, for the first reader of the other form.
 */
final class Values {

  private final Graph graph;
  private final ModelDraft draft;
  private final Map<Integer, Map<Form, String>> names = new HashMap<>();
  private final Map<Integer, Form> forms = new HashMap<>();

  Values(Graph graph, ModelDraft draft) {
    this.graph = graph;
    this.draft = draft;
  }

  Shape shape(int id) {
    return graph.node(id).shape();
  }

  /** The name of the layer that computes a value. */
  String layer(int id) {
    return graph.node(id).name();
  }

  /** Whether a value is a constant, which can be written in any form. */
  boolean isLearned(int id) {
    return graph.node(id).op() instanceof Op.Learned;
  }

  boolean isKnown(int id) {
    return forms.containsKey(id);
  }

  /** The form in which a value was computed. */
  Form form(int id) {
    return isLearned(id)
        ? shape(id).height() == 1 ? Form.CHANNELS_LAST : Form.CHANNELS_FIRST
        : Objects.requireNonNull(forms.get(id), "a value is read before it is there");
  }

  /** The name of a value in one form. */
  String name(int id, Form form) {
    Map<Form, String> known = names.computeIfAbsent(id, _ -> new EnumMap<>(Form.class));
    String there = known.get(form);
    if (there != null) {
      return there;
    }
    Node node = graph.node(id);
    String made =
        node.op() instanceof Op.Learned(Recipe tensor)
            ? learned(node, tensor, form)
            : converted(node, Objects.requireNonNull(known.get(form(id))), form);
    known.put(form, made);
    return made;
  }

  void put(Node node, Form form, String name) {
    forms.put(node.id(), form);
    names.computeIfAbsent(node.id(), _ -> new EnumMap<>(Form.class)).put(form, name);
  }

  /** Declares that a node has the value of another node. */
  void same(Node node, int other) {
    put(node, form(other), name(other, form(other)));
  }

  /** A learned value as {@code [1, pixels, channels]}. */
  String learnedRow(int id) {
    Node node = graph.node(id);
    if (!(node.op() instanceof Op.Learned(Recipe tensor))) {
      throw new IllegalArgumentException(node.name() + " is computed");
    }
    Shape shape = node.shape();
    return draft.transposed(
        node.name(), tensor, List.of(1L, (long) shape.pixels(), (long) shape.channels()));
  }

  private String learned(Node node, Recipe tensor, Form form) {
    List<Long> dimensions = form.dimensions(node.shape());
    return switch (form) {
      case CHANNELS_FIRST -> draft.tensor(node.name(), tensor, dimensions);
      case CHANNELS_LAST -> draft.transposed(node.name(), tensor, dimensions);
    };
  }

  private String converted(Node node, String from, Form to) {
    Shape shape = node.shape();
    List<Long> row = List.of(1L, (long) shape.channels(), (long) shape.width());
    return switch (to) {
      case CHANNELS_FIRST -> {
        if (shape.isVector()) {
          yield reshaped(node.name(), from, to.dimensions(shape));
        }
        yield shape.height() == 1
            ? reshaped(node.name(), transposed(node.name(), from, 0L, 2L, 1L), to.dimensions(shape))
            : transposed(node.name(), from, 0L, 3L, 1L, 2L);
      }
      case CHANNELS_LAST -> {
        if (shape.isVector()) {
          yield draft.node(
              node.name() + "/Flatten",
              "Flatten",
              List.of(from),
              new Onnx.Attribute.Whole("axis", 1));
        }
        yield shape.height() == 1
            ? transposed(node.name(), reshaped(node.name(), from, row), 0L, 2L, 1L)
            : transposed(node.name(), from, 0L, 2L, 3L, 1L);
      }
    };
  }

  String reshaped(String name, String from, List<Long> dimensions) {
    return draft.node(name + "/Reshape", "Reshape", List.of(from, draft.wholes(dimensions)));
  }

  String transposed(String name, String from, Long... order) {
    return draft.node(
        name + "/Transpose",
        "Transpose",
        List.of(from),
        new Onnx.Attribute.Wholes("perm", List.of(order)));
  }
}
