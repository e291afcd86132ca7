package dev.cnnc.compiler.predict;

import dev.cnnc.compiler.predict.MachineProfile.Host;
import java.io.IOException;
import java.io.Serial;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Profiles as JSON, with a line for each kind of kernel. */
public final class ProfileFile {
  private static final String FORMAT = "cnnc-profile-1";

  private final JsonParser json;

  private ProfileFile(JsonParser json) {
    this.json = json;
  }

  /** A file that is no profile. */
  public static final class NoProfileException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    NoProfileException(Path file, String reason) {
      super("%s is no profile of cnnc calibrate: %s".formatted(file, reason));
    }
  }

  /** The text of a profile. */
  public static String text(MachineProfile profile) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      Host host = profile.host();
      json.writeStartObject();
      json.writeStringProperty("format", FORMAT);
      field("date", host.date(), json);
      field("compiler", host.compiler(), json);
      field("cpu", host.cpu(), json);
      list("caches", host.caches(), json);
      field("java", host.java(), json);
      list("flags", host.flags(), json);
      line(json);
      json.writeNumberProperty("lanes", host.lanes());
      json.writeNumberProperty("processors", host.processors());
      json.writeNumberProperty("peakGigaflops", profile.peak());
      json.writeNumberProperty("error", profile.error());
      line(json);
      json.writeObjectPropertyStart("nanosecondsPerByteRead");
      for (ReadSpeed.Point point : profile.readSpeed().points()) {
        json.writeNumberProperty(Long.toString(point.bytes()), point.nanoseconds());
      }
      json.writeEndObject();
      line(json);
      json.writeObjectPropertyStart("kinds");
      for (Map.Entry<String, KindFactors> kind : profile.kinds().entrySet()) {
        line(json);
        json.writeObjectPropertyStart(kind.getKey());
        json.writeNumberProperty("samples", kind.getValue().samples());
        json.writeNumberProperty("error", kind.getValue().error());
        json.writeObjectPropertyStart("factors");
        kind.getValue().factors().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndObject();
      line(json);
      json.writeObjectPropertyStart("threads");
      profile.sharing().forEach((threads, sharing) -> sharing(threads, sharing, json));
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static void sharing(int threads, Sharing sharing, JsonGenerator json) {
    line(json);
    json.writeObjectPropertyStart(Integer.toString(threads));
    json.writeNumberProperty("error", sharing.error());
    json.writeNumberProperty("alone", sharing.alone());
    json.writeObjectPropertyStart("kinds");
    sharing
        .kinds()
        .forEach(
            (kind, shared) -> {
              line(json);
              json.writeObjectPropertyStart(kind);
              json.writeNumberProperty("slowdown", shared.slowdown());
              json.writeNumberProperty("handover", shared.handover());
              json.writeEndObject();
            });
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void field(String name, String value, JsonGenerator json) {
    line(json);
    json.writeStringProperty(name, value);
  }

  private static void list(String name, List<String> values, JsonGenerator json) {
    line(json);
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  private static void line(JsonGenerator json) {
    json.writeRaw('\n');
  }

  /** Reads a profile; fields that this version does not know are skipped. */
  public static MachineProfile read(Path file) throws IOException {
    try (JsonParser json =
        new JsonFactory().createParser(ObjectReadContext.empty(), Files.readString(file))) {
      return new ProfileFile(json).profile();
    } catch (JacksonException | IllegalArgumentException wrong) {
      throw new NoProfileException(file, reason(wrong));
    }
  }

  private static String reason(RuntimeException wrong) {
    return wrong instanceof JacksonException syntax
        ? String.valueOf(syntax.getOriginalMessage())
        : String.valueOf(wrong.getMessage());
  }

  private MachineProfile profile() {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, List<String>> lists = new LinkedHashMap<>();
    Map<String, Double> numbers = new LinkedHashMap<>();
    List<ReadSpeed.Point> points = new ArrayList<>();
    Map<String, KindFactors> kinds = new LinkedHashMap<>();
    Map<Integer, Sharing> sharing = new LinkedHashMap<>();
    expect(json.nextToken(), JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "nanosecondsPerByteRead" ->
            numbers()
                .forEach(
                    (bytes, time) -> points.add(new ReadSpeed.Point(Long.parseLong(bytes), time)));
        case "kinds" -> kinds(kinds);
        case "threads" -> sharing(sharing);
        case String other when value == JsonToken.VALUE_STRING ->
            texts.put(other, json.getString());
        case String other when value.isNumeric() -> numbers.put(other, json.getDoubleValue());
        case String other when value == JsonToken.START_ARRAY -> lists.put(other, texts());
        case String _ -> json.skipChildren();
      }
    }
    if (!FORMAT.equals(texts.get("format"))) {
      throw new IllegalArgumentException("its format is not " + FORMAT);
    }
    if (points.isEmpty() || !kinds.containsKey(Work.ANY)) {
      throw new IllegalArgumentException("it has no factors");
    }
    Host host =
        new Host(
            of("date", texts),
            of("compiler", texts),
            of("cpu", texts),
            of("caches", lists),
            of("java", texts),
            of("flags", lists),
            of("lanes", numbers).intValue(),
            of("processors", numbers).intValue());
    return new MachineProfile(
        host,
        of("peakGigaflops", numbers),
        of("error", numbers),
        new ReadSpeed(points),
        kinds,
        sharing);
  }

  private static <T> T of(String name, Map<String, T> values) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it has no " + name);
    }
    return value;
  }

  private void kinds(Map<String, KindFactors> kinds) {
    expect(json.currentToken(), JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String kind = json.currentName();
      expect(json.nextToken(), JsonToken.START_OBJECT);
      Map<String, Double> about = new LinkedHashMap<>();
      Map<String, Double> factors = Map.of();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("factors")) {
          factors = numbers();
        } else if (value.isNumeric()) {
          about.put(name, json.getDoubleValue());
        } else {
          json.skipChildren();
        }
      }
      kinds.put(
          kind, new KindFactors(factors, of("samples", about).intValue(), of("error", about)));
    }
  }

  private void sharing(Map<Integer, Sharing> sharing) {
    expect(json.currentToken(), JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      int threads = Integer.parseInt(json.currentName());
      expect(json.nextToken(), JsonToken.START_OBJECT);
      Map<String, Double> about = new LinkedHashMap<>();
      Map<String, Sharing.Shared> kinds = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        if (json.nextToken().isNumeric()) {
          about.put(name, json.getDoubleValue());
        } else {
          shared(kinds);
        }
      }
      sharing.put(threads, new Sharing(of("alone", about), kinds, of("error", about)));
    }
  }

  private void shared(Map<String, Sharing.Shared> kinds) {
    expect(json.currentToken(), JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String kind = json.currentName();
      json.nextToken();
      Map<String, Double> both = numbers();
      kinds.put(kind, new Sharing.Shared(of("slowdown", both), of("handover", both)));
    }
  }

  private Map<String, Double> numbers() {
    expect(json.currentToken(), JsonToken.START_OBJECT);
    Map<String, Double> numbers = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      if (!json.nextToken().isNumeric()) {
        throw new IllegalArgumentException(name + " is no number");
      }
      numbers.put(name, json.getDoubleValue());
    }
    return numbers;
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getString());
    }
    return texts;
  }

  private static void expect(JsonToken token, JsonToken wanted) {
    if (token != wanted) {
      throw new IllegalArgumentException("an object is missing");
    }
  }
}
