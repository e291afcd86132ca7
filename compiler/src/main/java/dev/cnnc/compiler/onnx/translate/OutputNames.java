package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.lower.ValueNames;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns the names of outputs, which may be any text, into names of the language. */
final class OutputNames {

  /** The name of the unnamed pipeline of a file. */
  static final String UNNAMED = "output";

  private final ValueNames words = new ValueNames();
  private final Map<String, String> changed = new LinkedHashMap<>();
  private boolean unnamed;

  String of(String name) {
    if (name.equals(UNNAMED) && !unnamed) {
      unnamed = true;
      return name;
    }
    String word = words.give(name);
    if (!word.equals(name)) {
      changed.put(name, word);
    }
    return word;
  }

  /** The names of the model that the network does not keep, and what it calls them. */
  Map<String, String> changed() {
    return Collections.unmodifiableMap(changed);
  }
}
