package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a layer is called: after its weights, else after its node, as PyTorch's exporter names both.
 */
final class LayerName {

  private static final int LONGEST = 180;

  private static final Pattern KIND =
      Pattern.compile("[._/:](weights?|kernel|gamma|scale|bias|beta|slope|w|W)(:0)?$");

  /** Names that an exporter made up. */
  private static final Pattern MADE_UP = Pattern.compile("(onnx::.*|val_\\d+|t?\\d+|)");

  /** What stands before that in a name is not looked at: files may be anything. */
  private static final int LOOKED_AT = 5 * LONGEST;

  private LayerName() {}

  /** From the tensor that is most the layer's own. */
  static String of(Onnx.Node node, String tensor) {
    String name = end(tensor);
    return MADE_UP.matcher(name).matches() || !KIND.matcher(name).find()
        ? of(node)
        : clean(KIND.matcher(name).replaceFirst(""), node);
  }

  /** Of a tensor that is a value itself. */
  static String ofValue(Onnx.Node node, String tensor) {
    String name = end(tensor);
    return MADE_UP.matcher(name).matches() ? of(node) : clean(name, node);
  }

  private static String end(String name) {
    return name.substring(Math.max(0, name.length() - LOOKED_AT));
  }

  /** {@code /layer1/layer1.0/conv1/Conv} is {@code layer1.0.conv1}. */
  static String of(Onnx.Node node) {
    List<String> words = new ArrayList<>();
    String last = "";
    for (String part : end(node.name()).split("/", -1)) {
      if (!part.isEmpty()) {
        words.add(part.startsWith(last + ".") ? part.substring(last.length() + 1) : part);
        last = part;
      }
    }
    if (words.size() > 1 && words.getLast().matches(Pattern.quote(node.operator()) + "(_\\d+)?")) {
      words.removeLast();
    }
    return clean(String.join(".", words), node);
  }

  /** What a label may hold. */
  private static String clean(String name, Onnx.Node node) {
    String good =
        name.replaceAll("[^A-Za-z0-9_.-]", ".")
            .replaceAll("[.]{2,}", ".")
            .replaceAll("^[.-]+|[.-]+$", "")
            .replaceAll("[.]-+", ".");
    if (good.isEmpty()) {
      return node.operator().replaceAll("[^A-Za-z0-9_]", "_").toLowerCase(java.util.Locale.ROOT);
    }
    return good.length() > LONGEST ? good.substring(good.length() - LONGEST) : good;
  }
}
