package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds models whose pictures have their channels last, as TensorFlow has them. Converters begin
 * such a model with a transpose, perhaps behind the arithmetic that prepares a picture. The import
 * leaves that transpose out, because pictures here have their channels first.
 */
public final class ChannelsLast {

  /** Operators that treat each element by itself, or pad dimensions where they lie. */
  private static final Set<String> ELEMENTWISE =
      Set.of("Cast", "Identity", "Add", "Sub", "Mul", "Div", "Neg", "Clip", "Relu", "Pad");

  /** Batch, rows, columns, channels. */
  private static final int RANK = 4;

  private static final Onnx.Attribute FIRST =
      new Onnx.Attribute.Wholes("perm", List.of(0L, 3L, 1L, 2L));

  private ChannelsLast() {}

  /** Whether nothing but transposes to channels first reads an input, or numbers made from it. */
  public static boolean is(Onnx.Graph graph, String input, int rank) {
    if (rank != RANK) {
      return false;
    }
    Set<String> picture = new HashSet<>(List.of(input));
    Set<String> others = others(graph, input);
    boolean found = false;
    // Nodes come behind those that they read.
    for (Onnx.Node node : graph.nodes()) {
      boolean another = node.inputs().stream().anyMatch(others::contains);
      if (node.inputs().stream().noneMatch(picture::contains)) {
        others.addAll(another ? node.outputs() : List.of());
        continue;
      }
      if (another) {
        return false; // a mask that is added to scores, not a picture that is prepared
      }
      if (node.operator().equals("Transpose") && node.attributes().contains(FIRST)) {
        found = true;
      } else if (ELEMENTWISE.contains(node.operator())) {
        picture.addAll(node.outputs());
      } else {
        return false;
      }
    }
    return found && graph.outputs().stream().noneMatch(it -> picture.contains(it.name()));
  }

  /** The other inputs that have no value in the model. */
  private static Set<String> others(Onnx.Graph graph, String input) {
    Set<String> others = new HashSet<>();
    graph.inputs().forEach(each -> others.add(each.name()));
    graph.initializers().forEach(tensor -> others.remove(tensor.name()));
    others.remove(input);
    return others;
  }

  /** The dimensions of such a picture on the axes. */
  static Arrangement arrangement() {
    return new Arrangement(List.of(0, 3), List.of(1), List.of(2));
  }

  /** A picture of ours in the order of such a model. */
  public static float[] turned(float[] picture, int channels) {
    int pixels = picture.length / channels;
    float[] turned = new float[picture.length];
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int channel = 0; channel < channels; channel++) {
        turned[pixel * channels + channel] = picture[channel * pixels + pixel];
      }
    }
    return turned;
  }
}
