package dev.cnnc.cli.report;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Two reports, before and after. */
public record Comparison(Side before, Side after) {

  /**
   * One of them.
   *
   * @param name of its file
   * @param json what {@code cnnc report --json} printed
   */
  public record Side(String name, String json) {

    /** Whether this is the whole JSON of a report of one network. */
    public boolean isReport() {
      try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
        boolean starts =
            parser.nextToken() == JsonToken.START_OBJECT
                && "kind".equals(parser.nextName())
                && "network".equals(parser.nextStringValue());
        while (starts && parser.nextToken() != null) {
          // To its end, where a cut file has its fault.
        }
        return starts;
      } catch (JacksonException _) {
        return false;
      }
    }
  }

  String data() {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("kind", "comparison");
          write("before", before, json);
          write("after", after, json);
          json.writeEndObject();
        });
  }

  private static void write(String name, Side side, JsonGenerator json) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("name", side.name());
    json.writeName("report");
    json.writeRawValue(side.json().strip());
    json.writeEndObject();
  }
}
