package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.nio.file.Path;
import java.util.Map;

/**
 * Files that are texts of a test, by name.
 *
 * @param identity one of them
 */
record TextSources(Path identity, Map<String, String> texts) implements Sources {

  /** The file {@code net.cnn}, with the others around it. */
  static TextSources of(Map<String, String> texts) {
    return new TextSources(Path.of("net.cnn"), texts);
  }

  /** The network {@code net.cnn}. */
  static Lowered lower(Map<String, String> texts) {
    return Lowering.lower(
        Parser.parse(new Source("net.cnn", texts.get("net.cnn"))),
        new Project(Path.of("."), false),
        of(texts));
  }

  @Override
  public Found find(String name) {
    if (name.isEmpty()) {
      return new Found.NoPath();
    }
    Path file = identity.resolveSibling(name).normalize();
    if (file.startsWith("..")) {
      return new Found.Outside();
    }
    String text = texts.get(file.toString());
    return text == null
        ? new Found.Unreadable(file, "does not exist")
        : new Found.Text(new Source(file.toString(), text), new TextSources(file, texts));
  }
}
