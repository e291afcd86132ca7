package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings between the braces of a clause, each at most once. Faulty ones are reported and left
 * out.
 */
final class Settings {

  private final Problems problems;
  private final Evaluator evaluator;
  private final Here start;
  private final Code code;
  private final Map<String, Ast.Setting> byName = new LinkedHashMap<>();

  /**
   * Reads the settings.
   *
   * @param code of everything that is wrong with the clause
   * @param clause its keyword
   * @param keys settings with a value
   * @param flags settings without one
   */
  Settings(
      Problems problems,
      Evaluator evaluator,
      Here start,
      Code code,
      String clause,
      List<Ast.Setting> settings,
      List<String> keys,
      List<String> flags) {
    this.problems = problems;
    this.evaluator = evaluator;
    this.start = start;
    this.code = code;
    List<String> all = new ArrayList<>(keys);
    all.addAll(flags);
    for (Ast.Setting setting : settings) {
      String key = setting.name().text();
      if (!all.contains(key)) {
        report(
            setting.name().span(),
            "%s has no %s: it has %s".formatted(clause, key, String.join(", ", all)),
            Nearest.question(key, all));
      } else if (setting.value().isPresent() && flags.contains(key)) {
        report(
            setting.span(),
            key + " has no value",
            Optional.of("write %s; with a semicolon before the next setting".formatted(key)));
      } else if (setting.value().isEmpty() && !flags.contains(key)) {
        report(setting.span(), key + " needs a value", Optional.empty());
      } else if (byName.putIfAbsent(key, setting) != null) {
        report(setting.span(), "%s says %s twice".formatted(clause, key), Optional.empty());
      }
    }
  }

  /** Whether the clause has the setting, with or without a value. */
  boolean has(String key) {
    return byName.containsKey(key);
  }

  /** Where the setting is, which the clause has. */
  Span span(String key) {
    return Objects.requireNonNull(byName.get(key)).span();
  }

  /** Where the value is of a setting that the clause has. */
  Span valueSpan(String key) {
    return Objects.requireNonNull(byName.get(key)).value().orElseThrow().span();
  }

  /** The value of any kind, if there is one that can be computed. */
  Optional<Datum> any(String key) {
    return Optional.ofNullable(byName.get(key))
        .flatMap(Ast.Setting::value)
        .map(value -> evaluator.evaluate(value, start))
        .filter(datum -> !datum.isUnknown());
  }

  /** The value, which is of this kind. */
  Optional<Datum> value(String key, Kind kind) {
    Optional<Datum> datum = any(key);
    if (datum.isPresent() && !kind.accepts(datum.get())) {
      report(
          valueSpan(key),
          "%s is %s, not %s".formatted(key, kind.description(), datum.get().written()),
          Optional.empty());
      return Optional.empty();
    }
    return datum;
  }

  /** The value as a number. */
  double number(String key, Kind kind, double otherwise) {
    return value(key, kind).map(Operators::real).orElse(otherwise);
  }

  /** The value as a whole number from 1, or from 0 if {@code kind} says so. */
  int whole(String key, Kind kind, int otherwise) {
    return value(key, kind).map(datum -> (int) ((Datum.Int) datum).value()).orElse(otherwise);
  }

  /** The value as one of these words. */
  Optional<String> word(String key, List<String> words) {
    Optional<String> word = name(key);
    if (has(key) && word.filter(words::contains).isEmpty()) {
      report(
          valueSpan(key),
          "%s is %s".formatted(key, words(words)),
          word.flatMap(it -> Nearest.question(it, words)));
      return Optional.empty();
    }
    return word;
  }

  /** The value as any word, or as a text: some outputs are called like keywords. */
  Optional<String> name(String key) {
    return Optional.ofNullable(byName.get(key))
        .flatMap(Ast.Setting::value)
        .flatMap(
            value ->
                value instanceof Ast.Text text
                    ? Optional.of(text.text())
                    : value instanceof Ast.Call call && call.arguments().isEmpty()
                        ? Optional.of(call.name().text())
                        : Optional.empty());
  }

  /** The value as a text in quotes. */
  Optional<Ast.Text> text(String key) {
    Optional<Ast.Expression> value =
        Optional.ofNullable(byName.get(key)).flatMap(Ast.Setting::value);
    if (value.isPresent() && !(value.get() instanceof Ast.Text)) {
      report(valueSpan(key), key + " is a text in quotes", Optional.empty());
      return Optional.empty();
    }
    return value.map(Ast.Text.class::cast);
  }

  private static String words(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.getFirst()
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** Reports something that is wrong with the clause. */
  void report(Span span, String message, Optional<String> help) {
    problems.add(code, span, Frame.ROOT, message, help);
  }
}
