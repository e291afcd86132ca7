package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Fraction;
import dev.cnnc.compiler.ir.Interpolation;
import dev.cnnc.compiler.ir.Interpolation.Coordinates;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Rearrangement.Side;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Taps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Exports borders and resizes. Those without an operator of version 17 become products of the
 * picture with two matrices.
 */
record ResampleExport(ModelDraft draft, Values values) {

  String border(Node node, Rearrangement.Border border, String x) {
    Padding pixels = border.pixels();
    Shape input = values.shape(node.inputs().getFirst());
    boolean cut =
        Math.min(Math.min(pixels.top(), pixels.bottom()), Math.min(pixels.left(), pixels.right()))
            < 0;
    return switch (border.mode()) {
      case CONSTANT, REFLECT, EDGE -> {
        if (cut && border.mode() != Rearrangement.Mode.CONSTANT) {
          yield gathered(node, border.rows(input), border.columns(input), x);
        }
        List<String> inputs =
            List.of(x, MovementExport.pads(draft, 0, 0, pixels), draft.constant(border.value()));
        String mode = border.mode().name().toLowerCase(Locale.ROOT);
        yield draft.node(node.name(), "Pad", inputs, new Onnx.Attribute.Text("mode", mode));
      }
      case WRAP -> gathered(node, border.rows(input), border.columns(input), x);
    };
  }

  /** Exports a movement with Gather, for rows and then for columns. */
  private String gathered(Node node, Taps rows, Taps columns, String x) {
    String tall =
        draft.node(
            node.name() + "/Gather",
            "Gather",
            List.of(x, places(rows)),
            new Onnx.Attribute.Whole("axis", 2));
    return draft.node(
        node.name(), "Gather", List.of(tall, places(columns)), new Onnx.Attribute.Whole("axis", 3));
  }

  private String places(Taps taps) {
    return draft.wholes(taps.lines().stream().map(line -> (long) line.getFirst().place()).toList());
  }

  String resize(Node node, Rearrangement.Resize resize, String x) {
    Shape input = values.shape(node.inputs().getFirst());
    Interpolation how = resize.how();
    boolean cubic = how.method() == Interpolation.Method.CUBIC;
    boolean known =
        !how.antialias()
            && how.coordinates() != Coordinates.HALF_PIXEL_SYMMETRIC
            && (cubic || !how.excludeOutside());
    boolean scaled = !resize.rows().isRatio() || !resize.columns().isRatio();
    boolean sized =
        isWhole(resize.rows(), input.height(), scaled)
            && isWhole(resize.columns(), input.width(), scaled);
    // Engines divide in float, which may miss the pixel that a fraction gives.
    if (known && sized && resize.isSameInFloat(input)) {
      return resized(node, resize, x, scaled);
    }
    return how.method() == Interpolation.Method.NEAREST
            && how.coordinates() != Coordinates.TF_CROP_AND_RESIZE
        ? gathered(node, resize.rowTaps(input), resize.columnTaps(input), x)
        : products(node, resize, input, x);
  }

  /** By the operator of that name, which is told what comes out or what divides. */
  private String resized(Node node, Rearrangement.Resize resize, String x, boolean scaled) {
    Interpolation how = resize.how();
    Shape output = node.shape();
    List<Onnx.Attribute> attributes = new ArrayList<>();
    attributes.add(text("mode", how.method().name()));
    attributes.add(text("coordinate_transformation_mode", how.coordinates().name()));
    String part = "";
    if (how.method() == Interpolation.Method.NEAREST) {
      attributes.add(text("nearest_mode", how.rounding().name()));
    } else if (how.method() == Interpolation.Method.CUBIC) {
      attributes.add(new Onnx.Attribute.Real("cubic_coeff_a", (float) how.cubic()));
    }
    if (how.excludeOutside()) {
      attributes.add(new Onnx.Attribute.Whole("exclude_outside", 1));
    }
    if (how.coordinates() == Coordinates.TF_CROP_AND_RESIZE) {
      attributes.add(new Onnx.Attribute.Real("extrapolation_value", (float) how.outside()));
      part = part(resize.rows(), resize.columns());
    }
    List<String> inputs =
        scaled
            ? List.of(x, part, scales(resize))
            : List.of(
                x,
                part,
                "",
                draft.wholes(
                    1L, (long) output.channels(), (long) output.height(), (long) output.width()));
    return draft.node(node.name(), "Resize", inputs, attributes.toArray(Onnx.Attribute[]::new));
  }

  private String scales(Rearrangement.Resize resize) {
    return draft.reals(
        List.of(4L),
        List.of(1f, 1f, (float) resize.rows().factor(), (float) resize.columns().factor()));
  }

  /** Whether an engine makes this length of an input, of which it knows the length or a factor. */
  private static boolean isWhole(Side side, int input, boolean scaled) {
    return scaled
        ? Math.floor((float) side.factor() * input) == side.length()
        : side.wanted(input).compareTo(Fraction.of(side.length())) == 0;
  }

  /** The starts of all sides, then their ends. */
  private String part(Side rows, Side columns) {
    return draft.reals(
        List.of(8L),
        List.of(
            0f,
            0f,
            (float) rows.from(),
            (float) columns.from(),
            1f,
            1f,
            (float) rows.to(),
            (float) columns.to()));
  }

  private String products(Node node, Rearrangement.Resize resize, Shape input, String x) {
    Shape output = node.shape();
    List<Float> rows = matrix(resize.rowTaps(input), input.height());
    String left = draft.reals(List.of((long) output.height(), (long) input.height()), rows);
    List<Float> columns = matrix(resize.columnTaps(input), input.width());
    List<Float> turned = new ArrayList<>();
    for (int from = 0; from < input.width(); from++) {
      for (int to = 0; to < output.width(); to++) {
        turned.add(columns.get(to * input.width() + from));
      }
    }
    String right = draft.reals(List.of((long) input.width(), (long) output.width()), turned);
    String tall = draft.node(node.name() + "/MatMul", "MatMul", List.of(left, x));
    return draft.node(node.name(), "MatMul", List.of(tall, right));
  }

  private static List<Float> matrix(Taps taps, int input) {
    List<Float> matrix = new ArrayList<>(Collections.nCopies(taps.lines().size() * input, 0f));
    for (int line = 0; line < taps.lines().size(); line++) {
      for (Taps.Tap tap : taps.lines().get(line)) {
        matrix.set(line * input + tap.place(), (float) tap.weight());
      }
    }
    return matrix;
  }

  private static Onnx.Attribute text(String name, String value) {
    return new Onnx.Attribute.Text(name, value.toLowerCase(Locale.ROOT));
  }
}
