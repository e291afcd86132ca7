package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.lower.ValueNames;
import java.util.ArrayList;
import java.util.List;

/** Turns the names of outputs, which may be any text, into names of the language. */
final class OutputNames {

  /** The name of the unnamed pipeline of a file. */
  static final String UNNAMED = "output";

  private final ValueNames words = new ValueNames();
  private final List<String> changed = new ArrayList<>();
  private boolean unnamed;

  String of(String name) {
    if (name.equals(UNNAMED) && !unnamed) {
      unnamed = true;
      return name;
    }
    String word = words.give(name);
    if (!word.equals(name)) {
      changed.add("output %s is called %s".formatted(name, word));
    }
    return word;
  }

  /** Tells which names the network does not keep. */
  List<String> changed() {
    return List.copyOf(changed);
  }
}
