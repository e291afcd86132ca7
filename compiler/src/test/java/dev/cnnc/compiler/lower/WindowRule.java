package dev.cnnc.compiler.lower;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the symbols of a {@link Manual} mean in an example on [6, 8, 8], as the document tells it.
 */
final class WindowRule {

  private static final Pattern ARGUMENT =
      Pattern.compile("(?:([a-z_]+): )?(\\[[^]]*]|[^,]+)(?:, )?");

  private WindowRule() {}

  static Map<String, String> symbols(Layer layer, String example) {
    Map<String, String> symbols = new TreeMap<>(Map.of("c", "6", "h", "8", "w", "8"));
    layer.parameters().stream()
        .filter(parameter -> !parameter.required())
        .forEach(parameter -> symbols.put(parameter.name(), parameter.otherwise()));
    int open = example.indexOf('(');
    int place = 0;
    if (open >= 0) {
      var matcher = ARGUMENT.matcher(example.substring(open + 1, example.length() - 1));
      while (matcher.find()) {
        String name = matcher.group(1);
        symbols.put(name == null ? layer.parameters().get(place++).name() : name, matcher.group(2));
      }
    }
    String size = symbols.getOrDefault("size", symbols.getOrDefault("factor", "1"));
    symbols.put("rows", half(size, 0));
    symbols.put("columns", half(size, 1));
    addPads(symbols);
    if (symbols.containsKey("pad")) {
      symbols.put("h_out", out(symbols, 0));
      symbols.put("w_out", out(symbols, 1));
    }
    return symbols;
  }

  private static void addPads(Map<String, String> symbols) {
    String pixels = symbols.getOrDefault("pad", symbols.getOrDefault("pixels", "0"));
    symbols.put("top", symbols.containsKey("top") ? symbols.get("top") : half(pixels, 0));
    symbols.put("bottom", half(pixels, 0));
    symbols.put("left", symbols.containsKey("left") ? symbols.get("left") : half(pixels, 1));
    symbols.put("right", half(pixels, 1));
    String[] channels = symbols.getOrDefault("channels", "[0, 0]").split("[\\[\\], ]+", -1);
    symbols.put("before", channels[1]);
    symbols.put("after", channels[2]);
  }

  private static String out(Map<String, String> symbols, int axis) {
    int side = 8;
    int pad = Integer.parseInt(half(symbols.get("pad"), axis));
    int size = Integer.parseInt(half(symbols.get("size"), axis));
    String by = symbols.get("stride").equals("size") ? symbols.get("size") : symbols.get("stride");
    int stride = Integer.parseInt(half(by, axis));
    int reach = (size - 1) * Integer.parseInt(half(symbols.get("dilation"), axis)) + 1;
    double steps = (side + pad + pad - reach) / (double) stride;
    boolean ceil = symbols.getOrDefault("ceil", "false").equals("true");
    int out = (int) (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
    return Integer.toString(ceil && (out - 1) * stride >= side + pad ? out - 1 : out);
  }

  /** Rows or columns of {@code 3x5} or {@code 3}. */
  private static String half(String size, int axis) {
    String[] halves = size.split("x", -1);
    return halves[Math.min(axis, halves.length - 1)];
  }
}
