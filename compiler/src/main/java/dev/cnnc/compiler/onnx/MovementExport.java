package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Exports ops that only move elements. */
record MovementExport(Graph graph, ModelDraft draft, Values values) {

  void slice(Node node, Op.Slice slice) {
    if (values.isKnown(node.id())) {
      return; // the split for this slice was added with another slice
    }
    int input = node.inputs().getFirst();
    List<Node> parts = parts(input);
    if (parts.contains(node)) {
      split(input, parts);
      return;
    }
    Form form = values.form(input);
    long axis = form.channelAxis(values.shape(input));
    cut(node, form, values.name(input, form), List.of(axis), slice.from(), slice.to());
  }

  /** The slices of a value, if together they cover it. */
  private List<Node> parts(int input) {
    List<Node> slices =
        graph.nodes().stream()
            .filter(node -> node.op() instanceof Op.Slice && node.inputs().contains(input))
            .sorted(Comparator.comparingInt(node -> ((Op.Slice) node.op()).from()))
            .toList();
    int end = 0;
    for (Node node : slices) {
      Op.Slice slice = (Op.Slice) node.op();
      if (slice.from() != end) {
        return List.of();
      }
      end = slice.to();
    }
    return slices.size() > 1 && end == values.shape(input).channels() ? slices : List.of();
  }

  private void split(int input, List<Node> parts) {
    Form form = values.form(input);
    List<String> names = parts.stream().map(part -> draft.unique(part.name())).toList();
    String sizes =
        draft.wholes(parts.stream().map(part -> (long) part.shape().channels()).toList());
    draft.node(
        values.layer(input) + "/Split",
        "Split",
        List.of(values.name(input, form), sizes),
        names,
        new Onnx.Attribute.Whole("axis", form.channelAxis(values.shape(input))));
    for (int i = 0; i < names.size(); i++) {
      values.put(parts.get(i), form, names.get(i));
    }
  }

  private void cut(Node node, Form form, String x, List<Long> axes, long... bounds) {
    List<Long> starts = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      starts.add(bounds[i]);
      ends.add(bounds[i + 1]);
    }
    List<String> inputs = List.of(x, draft.wholes(starts), draft.wholes(ends), draft.wholes(axes));
    values.put(node, form, draft.node(node.name(), "Slice", inputs));
  }

  /** Exports a crop; a single token of a row is taken without a transpose. */
  void crop(Node node, Op.Crop crop) {
    int input = node.inputs().getFirst();
    Form form = values.form(input);
    Shape shape = values.shape(input);
    boolean tokens = form == Form.CHANNELS_LAST && shape.height() == 1 && !shape.isVector();
    if (tokens && node.shape().isVector()) {
      List<String> inputs = List.of(values.name(input, form), draft.whole(crop.left()));
      String one = draft.node(node.name(), "Gather", inputs, new Onnx.Attribute.Whole("axis", 1));
      values.put(node, form, one);
    } else if (tokens) {
      String x = values.name(input, form);
      cut(node, form, x, List.of(1L), crop.left(), crop.left() + crop.width());
    } else {
      String x = values.name(input, Form.CHANNELS_FIRST);
      int bottom = crop.top() + crop.height();
      int right = crop.left() + crop.width();
      cut(node, Form.CHANNELS_FIRST, x, List.of(2L, 3L), crop.top(), bottom, crop.left(), right);
    }
  }

  void shuffle(Node node, int groups) {
    Shape shape = node.shape();
    String x = values.name(node.inputs().getFirst(), Form.CHANNELS_FIRST);
    long inGroup = shape.channels() / groups;
    List<Long> dealt =
        List.of(1L, (long) groups, inGroup, (long) shape.height(), (long) shape.width());
    String hands = values.reshaped(node.name(), x, dealt);
    String exchanged = values.transposed(node.name(), hands, 0L, 2L, 1L, 3L, 4L);
    String whole = draft.wholes(Form.CHANNELS_FIRST.dimensions(shape));
    String joined = draft.node(node.name(), "Reshape", List.of(exchanged, whole));
    values.put(node, Form.CHANNELS_FIRST, joined);
  }

  void tokens(Node node) {
    if (node.shape().isVector()) {
      values.same(node, node.inputs().getFirst());
      return;
    }
    List<String> rows = node.inputs().stream().map(this::row).toList();
    String joined =
        rows.size() == 1
            ? rows.getFirst()
            : draft.node(node.name(), "Concat", rows, new Onnx.Attribute.Whole("axis", 1));
    values.put(node, Form.CHANNELS_LAST, joined);
  }

  /** A value as {@code [1, pixels, channels]}; pictures are transposed. */
  private String row(int id) {
    Shape shape = values.shape(id);
    long channels = shape.channels();
    long pixels = shape.pixels();
    if (shape.height() == 1 && !shape.isVector()) {
      return values.name(id, Form.CHANNELS_LAST);
    }
    if (values.isLearned(id)) {
      return values.learnedRow(id);
    }
    if (values.form(id) == Form.CHANNELS_FIRST) {
      String x = values.name(id, Form.CHANNELS_FIRST);
      String flat = values.reshaped(values.layer(id), x, List.of(1L, channels, pixels));
      return values.transposed(values.layer(id), flat, 0L, 2L, 1L);
    }
    String x = values.name(id, Form.CHANNELS_LAST);
    return values.reshaped(values.layer(id), x, List.of(1L, pixels, channels));
  }

  void flatten(Node node) {
    int input = node.inputs().getFirst();
    if (values.shape(input).isVector()) {
      values.same(node, input);
      return;
    }
    String x = values.name(input, Form.CHANNELS_FIRST);
    String flat =
        draft.node(node.name(), "Flatten", List.of(x), new Onnx.Attribute.Whole("axis", 1));
    values.put(node, Form.CHANNELS_LAST, flat);
  }

  void pad(Node node, Op.Pad pad) {
    String x = values.name(node.inputs().getFirst(), Form.CHANNELS_FIRST);
    String pads = pads(draft, pad.channelsBefore(), pad.channelsAfter(), pad.pixels());
    values.put(node, Form.CHANNELS_FIRST, draft.node(node.name(), "Pad", List.of(x, pads)));
  }

  /** Padding of {@code [1, c, h, w]}: all starts, then all ends. */
  static String pads(ModelDraft draft, long before, long after, Padding pixels) {
    return draft.wholes(
        0L,
        before,
        (long) pixels.top(),
        (long) pixels.left(),
        0L,
        after,
        (long) pixels.bottom(),
        (long) pixels.right());
  }

  void upsample(Node node, Op.Upsample factor) {
    String x = values.name(node.inputs().getFirst(), Form.CHANNELS_FIRST);
    String scales =
        draft.reals(List.of(4L), List.of(1f, 1f, (float) factor.height(), (float) factor.width()));
    values.put(
        node,
        Form.CHANNELS_FIRST,
        draft.node(
            node.name(),
            "Resize",
            List.of(x, "", scales),
            new Onnx.Attribute.Text("mode", "nearest"),
            new Onnx.Attribute.Text("coordinate_transformation_mode", "asymmetric"),
            new Onnx.Attribute.Text("nearest_mode", "floor")));
  }
}
