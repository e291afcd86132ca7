package dev.cnnc.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoFailureException;

/**
 * What the goal says about all files.
 *
 * @param allowOutside whether networks may name files outside of their project
 * @param vision whether the project depends on cnnc-vision
 * @param budget limits such as {@code macs <= 4.2G; arena <= 8 MiB}, or empty
 * @param folder of relative paths in the budget
 * @param ledger {@code OFF}, {@code CHECK} or {@code WRITE}
 */
record Settings(boolean allowOutside, boolean vision, String budget, Path folder, String ledger) {
  private static final List<String> LEDGER = List.of("off", "check", "write");

  /**
   * The settings for the parameters of the goal.
   *
   * @param budget limits by name
   * @param folder of relative paths in the budget
   */
  static Settings of(
      boolean allowOutside, boolean vision, Map<String, String> budget, Path folder, String ledger)
      throws MojoFailureException {
    if (!LEDGER.contains(ledger)) {
      throw new MojoFailureException(
          "<ledger> is one of %s, not %s".formatted(String.join(", ", LEDGER), ledger));
    }
    String limits =
        budget.entrySet().stream()
            .map(limit -> limit.getKey() + " <= " + limit.getValue())
            .sorted()
            .collect(Collectors.joining("; "));
    return new Settings(allowOutside, vision, limits, folder, ledger.toUpperCase(Locale.ROOT));
  }

  List<String> requestLines() {
    List<String> lines = new ArrayList<>();
    if (allowOutside) {
      lines.add(ProtocolLine.join("outside"));
    }
    if (vision) {
      lines.add(ProtocolLine.join("vision"));
    }
    lines.add(ProtocolLine.join("budget", budget, folder));
    lines.add(ProtocolLine.join("ledger", ledger));
    return lines;
  }
}
