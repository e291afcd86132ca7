package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names a layer after its weights, otherwise after its node, with the conventions of PyTorch's
 * exporter.
 */
final class LayerName {

  private static final int LONGEST = 180;

  private static final Pattern KIND =
      Pattern.compile("[._/:](weights?|kernel|gamma|scale|bias|beta|slope|w|W)(:0)?$");

  /** Names that an exporter generated. */
  private static final Pattern MADE_UP = Pattern.compile("(onnx::.*|val_\\d+|t?\\d+|)");

  /**
   * Number of characters at the end of a name that are examined, because a file may have names of
   * any length.
   */
  private static final int LOOKED_AT = 5 * LONGEST;

  private LayerName() {}

  /** The name of a layer from its main tensor. */
  static String of(Onnx.Node node, String tensor) {
    String name = end(tensor);
    return MADE_UP.matcher(name).matches() || !KIND.matcher(name).find()
        ? of(node)
        : clean(KIND.matcher(name).replaceFirst(""), node);
  }

  /** The name of a learned value. */
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

  /** The name, reduced to the characters of a label. */
  private static String clean(String name, Onnx.Node node) {
    String good =
        name.replaceAll("[^A-Za-z0-9_.-]", ".")
            .replaceAll("[.]{2,}", ".")
            .replaceAll("^[.-]+|[.-]+$", "")
            .replaceAll("[.]-+", ".");
    if (good.isEmpty()) {
      return node.operator().replaceAll("[^A-Za-z0-9_]", "_").toLowerCase(java.util.Locale.ROOT);
    }
    return good.length() > LONGEST
        ? good.substring(good.length() - LONGEST).replaceAll("^[.-]+", "")
        : good;
  }
}
