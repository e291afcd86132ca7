package dev.cnnc.cli.report;

import dev.cnnc.compiler.ir.Shape;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON on one line, written piece by piece, because an output may have a million numbers. */
public final class Json {
  private Json() {}

  /** The output of {@code content}, and a line feed. */
  public static String text(Consumer<JsonGenerator> content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      content.accept(json);
    }
    return text.append('\n').toString();
  }

  /** Writes a shape: one number for a vector, three for a picture. */
  public static void shape(Shape shape, JsonGenerator json) {
    json.writeStartArray();
    json.writeNumber(shape.channels());
    if (!shape.isVector()) {
      json.writeNumber(shape.height());
      json.writeNumber(shape.width());
    }
    json.writeEndArray();
  }
}
