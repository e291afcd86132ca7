package dev.cnnc.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page with all that it needs: data, style, scripts, and the library that lays out graphs, with
 * its licence. It asks no server for anything, and its security policy forbids it.
 */
public final class Page {
  /** Each after those that it imports. */
  private static final List<String> NETWORK =
      List.of(
          "elements.js",
          "format.js",
          "model.js",
          "selection.js",
          "summary.js",
          "blocks.js",
          "layout.js",
          "graph.js",
          "table.js",
          "arena.js",
          "roofline.js",
          "sources.js",
          "details.js",
          "main.js");

  private static final List<String> FOLDER =
      List.of("elements.js", "format.js", "list.js", "scatter.js", "folder.js");

  private static final List<String> COMPARISON =
      List.of("elements.js", "format.js", "list.js", "comparison.js");

  private static final String LIBRARY = "dagre-3.1.3.min.js";
  private static final String LICENCE = "dagre.LICENSE";

  private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");

  private Page() {}

  /** The page of one network, with what it is at each size of its input. */
  public static String of(List<Report> sizes) {
    return of(
        sizes.getFirst().cost().network(),
        listed(sizes, ReportJson::of),
        listed(sizes, ReportJson::texts),
        graphs(),
        NETWORK);
  }

  private static String listed(List<Report> sizes, Function<Report, String> json) {
    return sizes.size() == 1
        ? json.apply(sizes.getFirst())
        : sizes.stream().map(json).map(String::strip).collect(Collectors.joining(",\n", "[", "]"));
  }

  /** The page of all networks of a folder. */
  public static String of(Folder folder) {
    return of(folder.name(), folder.json(), "[]", "", FOLDER);
  }

  /** The page of two reports. */
  public static String of(Comparison both) {
    String title = both.before().name() + ", " + both.after().name();
    return of(title, both.data(), "[]", "", COMPARISON);
  }

  /** The library that lays out graphs, behind its licence. */
  private static String graphs() {
    return "<script>\n/*! @dagrejs/dagre\n%s*/\n%s</script>\n"
        .formatted(
            resource(LICENCE), resource(LIBRARY).replaceAll("(?m)^//# sourceMappingURL.*", ""));
  }

  private static String of(
      String title, String data, String texts, String library, List<String> modules) {
    SequencedMap<String, String> scripts = new LinkedHashMap<>();
    modules.forEach(name -> scripts.put(name, resource(name)));
    Map<String, String> parts =
        Map.of(
            "title", title.replace("&", "&amp;").replace("<", "&lt;") + " - cnnc report",
            "style", resource("page.css"),
            "data", inScript(data),
            "texts", inScript(texts),
            "library", library,
            "modules", Scripts.joined(scripts));
    return HOLE.matcher(resource("page.html"))
        .replaceAll(
            hole -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(hole.group(1)))));
  }

  /** JSON that no parser of HTML takes for the end of a script. */
  private static String inScript(String json) {
    return json.replace("<", "\\u003c");
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
