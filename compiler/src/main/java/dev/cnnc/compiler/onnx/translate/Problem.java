package dev.cnnc.compiler.onnx.translate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a model that cannot be imported.
 *
 * @param operator of the node, or {@code input} and {@code output}
 * @param name of the node, or of its output if it has none
 * @param cure what to do about it
 */
public record Problem(String operator, String name, String reason, String cure) {

  /** Longest list of names. */
  private static final int MOST_NAMES = 3;

  /** Texts of problems; those with one operator, reason and cure are one, with a count. */
  public static List<String> grouped(List<Problem> problems) {
    Map<Problem, List<String>> groups = new LinkedHashMap<>();
    for (Problem each : problems) {
      groups
          .computeIfAbsent(
              new Problem(each.operator, "", each.reason, each.cure), _ -> new ArrayList<>())
          .add(each.name);
    }
    List<String> texts = new ArrayList<>();
    groups.forEach(
        (group, names) -> {
          int shown = Math.min(MOST_NAMES, names.size());
          String list = String.join(", ", names.subList(0, shown));
          int left = names.size() - shown;
          String all = left == 0 ? list : list + " and " + left + " more";
          texts.add(new Problem(group.operator, all, group.reason, group.cure).toString());
        });
    return texts;
  }

  @Override
  public String toString() {
    return operator + " " + name + ": " + reason + "\n   help: " + cure;
  }
}
