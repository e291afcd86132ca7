package dev.cnnc.cli.report;

import dev.cnnc.compiler.cost.NetworkCost;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.core.JsonGenerator;

/**
 * The networks of a folder, beside each other.
 *
 * @param name of the folder
 * @param accuracy what the table of accuracies calls them; empty if there is none
 */
public record Folder(String name, List<Member> members, String accuracy) {

  public Folder {
    members = List.copyOf(members);
  }

  /**
   * One network.
   *
   * @param file relative to the folder
   * @param size of the input; empty if the network has one only
   * @param accuracy as a table says it
   * @param nanoseconds of a run
   */
  public record Member(
      Path file,
      String size,
      String description,
      NetworkCost cost,
      OptionalDouble accuracy,
      OptionalDouble nanoseconds) {}

  /** All of it as JSON. */
  public String json() {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("kind", "folder");
          json.writeStringProperty("folder", name);
          json.writeStringProperty("accuracyName", accuracy);
          json.writeArrayPropertyStart("networks");
          members.forEach(member -> write(member, json));
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void write(Member member, JsonGenerator json) {
    json.writeStartObject();
    String name = member.cost().network();
    json.writeStringProperty(
        "network", member.size().isEmpty() ? name : name + " " + member.size());
    json.writeStringProperty("description", member.description());
    json.writeStringProperty("file", member.file().toString().replace('\\', '/'));
    member.accuracy().ifPresent(value -> json.writeNumberProperty("accuracy", value));
    member
        .nanoseconds()
        .ifPresent(value -> json.writeNumberProperty("nanoseconds", Math.round(value)));
    CostProperties.write(member.cost(), json);
    json.writeNumberProperty("steps", member.cost().steps().size());
    json.writeEndObject();
  }
}
