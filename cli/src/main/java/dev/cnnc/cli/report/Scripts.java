package dev.cnnc.cli.report;

import java.util.SequencedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Modules of JavaScript as one script, because a page that is a file may not load others: each
 * becomes a function that returns what it exports.
 *
 * <p>It reads no more than our own files need: an {@code import {...} from} of one line, and {@code
 * export} in front of a function or a constant at the beginning of a line.
 */
final class Scripts {
  private static final Pattern IMPORT = Pattern.compile("(?m)^import (\\{.*}) from '\\./(.*)';$");

  private static final Pattern EXPORT = Pattern.compile("(?m)^export (function|const) (\\w+)");

  private Scripts() {}

  /** The texts by their file names, each after those that it imports. */
  static String joined(SequencedMap<String, String> modules) {
    return modules.entrySet().stream()
        .map(module -> function(module.getKey(), module.getValue()))
        .collect(Collectors.joining("\n", "const modules = {};\n", ""));
  }

  private static String function(String name, String text) {
    String exports =
        EXPORT.matcher(text).results().map(each -> each.group(2)).collect(Collectors.joining(", "));
    String imported = IMPORT.matcher(text).replaceAll(Scripts::read);
    return "modules['%s'] = (() => {\n%s\nreturn { %s };\n})();\n"
        .formatted(name, EXPORT.matcher(imported).replaceAll("$1 $2"), exports);
  }

  private static String read(MatchResult line) {
    return "const %s = modules['%s'];".formatted(line.group(1), line.group(2));
  }
}
