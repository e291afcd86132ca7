package dev.cnnc.compiler.weights;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads tensors from the JSON of a header, token by token, so that a large header builds no tree.
 *
 * <p>Guarantees that names are unique and that numbers are integers of 64 bits, and nothing else.
 */
final class HeaderReader {

  private static final String METADATA = "__metadata__";

  /** Most axes of a tensor, so that a malicious list of axes cannot grow without end. */
  private static final int MOST_AXES = 64;

  private final Complaints complaints;
  private final JsonParser json;

  private HeaderReader(Complaints complaints, JsonParser json) {
    this.complaints = complaints;
    this.json = json;
  }

  static Map<String, StoredTensor> read(InputStream header, Complaints complaints) {
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), header)) {
      return new HeaderReader(complaints, json).tensors();
    } catch (StreamConstraintsException _) {
      throw complaints.malformed("its brackets are nested too deep or its numbers are too long");
    } catch (StreamReadException e) {
      throw complaints.malformed("no JSON at byte " + e.getLocation().getByteOffset());
    } catch (JacksonIOException e) {
      throw complaints.unreadable(String.valueOf(e.getOriginalMessage()));
    }
  }

  private Map<String, StoredTensor> tensors() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    expect(json.nextToken(), JsonToken.START_OBJECT, "it is no object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.getString();
      JsonToken value = json.nextToken();
      if (name.equals(METADATA)) {
        json.skipChildren();
      } else {
        expect(value, JsonToken.START_OBJECT, name + " is no object");
        if (tensors.put(name, tensor(name)) != null) {
          throw complaints.twice(name);
        }
      }
    }
    if (json.nextToken() != null) {
      throw complaints.malformed("something follows its closing brace");
    }
    return tensors;
  }

  /** Reads a tensor; skips fields of later versions of the format. */
  private StoredTensor tensor(String name) {
    Fields fields = new Fields();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.getString();
      JsonToken value = json.nextToken();
      switch (field) {
        case "dtype" -> {
          expect(value, JsonToken.VALUE_STRING, "the dtype of " + name + " is no text");
          fields.type.add(json.getString());
        }
        case "shape" -> fields.shape.add(numbers(value, "shape of " + name));
        case "data_offsets" -> fields.offsets.add(numbers(value, "data_offsets of " + name));
        default -> json.skipChildren();
      }
    }
    if (fields.type.size() != 1 || fields.shape.size() != 1 || fields.offsets.size() != 1) {
      throw complaints.malformed(name + " needs one dtype, one shape and one data_offsets");
    }
    List<Long> offsets = fields.offsets.getFirst();
    if (offsets.size() != 2) {
      throw complaints.malformed("the data_offsets of " + name + " are not two");
    }
    return new StoredTensor(
        name, fields.type.getFirst(), fields.shape.getFirst(), offsets.get(0), offsets.get(1));
  }

  /** The fields found so far, because JSON may repeat a field. */
  private static final class Fields {
    final List<String> type = new ArrayList<>();
    final List<List<Long>> shape = new ArrayList<>();
    final List<List<Long>> offsets = new ArrayList<>();
  }

  private List<Long> numbers(@Nullable JsonToken value, String what) {
    expect(value, JsonToken.START_ARRAY, "the " + what + " is no list");
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(
          json.currentToken(), JsonToken.VALUE_NUMBER_INT, "the " + what + " has no whole number");
      if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw complaints.malformed("the " + what + " has the number " + json.getString());
      }
      numbers.add(json.getLongValue());
      if (numbers.size() > MOST_AXES) {
        throw complaints.malformed("the " + what + " is longer than " + MOST_AXES);
      }
    }
    return numbers;
  }

  private void expect(@Nullable JsonToken found, JsonToken wanted, String otherwise) {
    if (found != wanted) {
      throw complaints.malformed(otherwise);
    }
  }
}
