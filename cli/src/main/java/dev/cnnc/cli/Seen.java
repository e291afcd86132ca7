package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Signature;
import dev.cnnc.vision.Detection;
import dev.cnnc.vision.Detector;
import dev.cnnc.vision.Drawing;
import dev.cnnc.vision.Embedder;
import dev.cnnc.vision.Embedding;
import dev.cnnc.vision.Line;
import dev.cnnc.vision.LineDetector;
import dev.cnnc.vision.Mask;
import dev.cnnc.vision.Point;
import dev.cnnc.vision.Reader;
import dev.cnnc.vision.Region;
import dev.cnnc.vision.Segmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/** What a network says about a picture, as its clauses {@code detect}, ... ask. */
sealed interface Seen {

  /** The text of a terminal, line by line. */
  void text(StringBuilder out);

  /** Properties of an open object. */
  void json(JsonGenerator json);

  /** The picture with what was found. */
  Picture over(Picture picture);

  /** All that the clauses of a network ask. */
  static List<Seen> of(Network network, Answer answer, Placement placement) {
    Signature signature = NetworkInput.signature(network);
    float[][] outputs = answer.outputs().stream().map(Answer.Output::data).toArray(float[][]::new);
    List<String> labels = network.labels();
    List<Seen> seen = new ArrayList<>();
    for (dev.cnnc.vision.Answer<?> each : network.answers()) {
      seen.add(
          switch (each) {
            case Detector it -> new Boxes(it.of(signature, labels, outputs, placement));
            case LineDetector it -> new Lines(it.of(signature, labels, outputs, placement));
            case Segmenter it -> new Classes(it.of(signature, labels, outputs, placement));
            case Embedder it -> new Vector(it.of(signature, labels, outputs, placement));
            case Reader it -> new Reading(it.of(signature, labels, outputs, placement));
          });
    }
    return seen;
  }

  /** Of {@code detect}. */
  record Boxes(List<Detection> found) implements Seen {
    @Override
    public void text(StringBuilder out) {
      for (Detection each : found) {
        out.append(
            String.format(
                Locale.ROOT,
                "%8.2f %%  %s  at %.1f, %.1f to %.1f, %.1f\n",
                100 * each.score(),
                each.label(),
                each.box().left(),
                each.box().top(),
                each.box().right(),
                each.box().bottom()));
      }
      if (found.isEmpty()) {
        out.append("nothing found\n");
      }
    }

    @Override
    public void json(JsonGenerator json) {
      json.writeArrayPropertyStart("detections");
      for (Detection each : found) {
        json.writeStartObject();
        json.writeStringProperty("label", each.label());
        json.writeNumberProperty("index", each.index());
        json.writeNumberProperty("score", each.score());
        json.writeArrayPropertyStart("box");
        json.writeNumber(each.box().left());
        json.writeNumber(each.box().top());
        json.writeNumber(each.box().right());
        json.writeNumber(each.box().bottom());
        json.writeEndArray();
        json.writeArrayPropertyStart("landmarks");
        points(each.landmarks(), json);
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    }

    @Override
    public Picture over(Picture picture) {
      return Drawing.of(picture, found);
    }
  }

  /** Of {@code detect} with a head of lines of text. */
  record Lines(List<Region> found) implements Seen {
    @Override
    public void text(StringBuilder out) {
      for (Region each : found) {
        out.append(String.format(Locale.ROOT, "%8.2f %%  at", 100 * each.score()));
        for (Point corner : each.corners().points()) {
          out.append(String.format(Locale.ROOT, " (%.1f, %.1f)", corner.x(), corner.y()));
        }
        out.append('\n');
      }
      if (found.isEmpty()) {
        out.append("no text found\n");
      }
    }

    @Override
    public void json(JsonGenerator json) {
      json.writeArrayPropertyStart("lines");
      for (Region each : found) {
        json.writeStartObject();
        json.writeNumberProperty("score", each.score());
        json.writeArrayPropertyStart("corners");
        points(each.corners().points(), json);
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    }

    @Override
    public Picture over(Picture picture) {
      return Drawing.lines(picture, found);
    }
  }

  private static void points(List<Point> points, JsonGenerator json) {
    for (Point point : points) {
      json.writeStartArray();
      json.writeNumber(point.x());
      json.writeNumber(point.y());
      json.writeEndArray();
    }
  }

  /** Of {@code segment}. */
  record Classes(Mask mask) implements Seen {

    private Set<Integer> present() {
      Set<Integer> present = new TreeSet<>();
      for (short each : mask.classes()) {
        present.add((int) each);
      }
      return present;
    }

    @Override
    public void text(StringBuilder out) {
      for (int index : present()) {
        double share = 100.0 * mask.count(index) / mask.classes().length;
        out.append(String.format(Locale.ROOT, "%8.2f %%  %s\n", share, mask.label(index)));
      }
    }

    @Override
    public void json(JsonGenerator json) {
      json.writeObjectPropertyStart("mask");
      json.writeNumberProperty("width", mask.width());
      json.writeNumberProperty("height", mask.height());
      json.writeArrayPropertyStart("classes");
      for (int index : present()) {
        json.writeStartObject();
        json.writeStringProperty("label", mask.label(index));
        json.writeNumberProperty("index", index);
        json.writeNumberProperty("pixels", mask.count(index));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }

    @Override
    public Picture over(Picture picture) {
      return mask.over(picture);
    }
  }

  /** Of {@code embed}. */
  record Vector(Embedding embedding) implements Seen {
    @Override
    public void text(StringBuilder out) {
      out.append(
          "a vector of %s numbers; --json shows them\n".formatted(embedding.values().length));
    }

    @Override
    public void json(JsonGenerator json) {
      json.writeArrayPropertyStart("embedding");
      for (float value : embedding.values()) {
        json.writeNumber(value);
      }
      json.writeEndArray();
    }

    @Override
    public Picture over(Picture picture) {
      return picture;
    }
  }

  /** Of {@code read}. */
  record Reading(Line line) implements Seen {
    @Override
    public void text(StringBuilder out) {
      out.append(
          String.format(Locale.ROOT, "%8.2f %%  %s\n", 100 * line.confidence(), line.text()));
    }

    @Override
    public void json(JsonGenerator json) {
      json.writeStringProperty("line", line.text());
      json.writeNumberProperty("confidence", line.confidence());
    }

    @Override
    public Picture over(Picture picture) {
      return picture;
    }
  }
}
