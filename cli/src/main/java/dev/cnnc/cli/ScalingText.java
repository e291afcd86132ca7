package dev.cnnc.cli;

import dev.cnnc.cli.report.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What more instances bring, as text and as JSON; the format of both is documented and tested. */
final class ScalingText {
  private ScalingText() {}

  static String text(Scaling scaling) {
    StringBuilder out = new StringBuilder();
    out.append("%-20s%s\n".formatted("network", scaling.network()));
    out.append(
        "%-20s%s\n\n"
            .formatted(
                "warm-up",
                scaling.warmth().steady() ? "steady" : "not steady yet: rates may rise"));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("instances", "pictures a second", "of linear"));
    for (int count = 1; count <= scaling.rates().size(); count++) {
      rows.add(
          List.of(
              Integer.toString(count),
              String.format(Locale.ROOT, "%,.1f", scaling.rates().get(count - 1)),
              String.format(Locale.ROOT, "%.0f %%", 100 * scaling.ofLinear(count))));
    }
    rows.forEach(
        row -> out.append("%9s  %17s  %9s\n".formatted(row.get(0), row.get(1), row.get(2))));
    return out.toString();
  }

  static String json(Scaling scaling) {
    return Json.text(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("network", scaling.network());
          json.writeBooleanProperty("steady", scaling.warmth().steady());
          json.writeArrayPropertyStart("scaling");
          for (int count = 1; count <= scaling.rates().size(); count++) {
            json.writeStartObject();
            json.writeNumberProperty("instances", count);
            json.writeNumberProperty("picturesPerSecond", scaling.rates().get(count - 1));
            json.writeNumberProperty("ofLinear", scaling.ofLinear(count));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
