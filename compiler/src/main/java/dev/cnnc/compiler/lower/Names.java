package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The definitions of the file: blocks and parts are known at once, values one after the other.
 *
 * <p>Invariant: no value, parameter or block has a name that the language uses, so a word has one
 * meaning everywhere.
 */
final class Names {

  /** Words of the language that are not layers. */
  static final List<String> WORDS =
      List.of(
          "channels",
          "height",
          "width",
          "index",
          "identity",
          "true",
          "false",
          "infinity",
          "nan",
          "same",
          "same_lower");

  private final Problems problems;
  private final LayerTable layers;
  private final Map<String, Ast.Definition> definitions = new LinkedHashMap<>();
  private final Map<String, Span> announced = new LinkedHashMap<>();
  private final Map<String, Flow> values = new HashMap<>();
  private final Map<String, Ast.Name> unused = new LinkedHashMap<>();

  Names(Problems problems, LayerTable layers) {
    this.problems = problems;
    this.layers = layers;
  }

  /** Defines a block, or reports why its name is not allowed. */
  void define(Ast.Definition definition) {
    Ast.Name name = definition.name();
    if (free(name, definition.part() ? "part" : "block")) {
      definitions.put(name.text(), definition);
      unused.put(name.text(), name);
    }
  }

  /** Checks names of parameters; all blocks and values must be known by now. */
  void checkParameters() {
    for (Ast.Definition definition : definitions.values()) {
      Set<String> seen = new LinkedHashSet<>();
      for (Ast.Parameter parameter : definition.parameters()) {
        Ast.Name name = parameter.name();
        if (free(name, "parameter") && !seen.add(name.text())) {
          problems.add(
              Code.E207,
              name.span(),
              Frame.ROOT,
              definition.name().text() + " has two parameters called " + name.text());
        }
      }
    }
  }

  /** Registers the name of a value that a statement will define. */
  void announce(Ast.Name name) {
    if (free(name, "value")) {
      announced.put(name.text(), name.span());
      unused.put(name.text(), name);
    }
  }

  /**
   * Registers the name that a statement with a syntax error would have defined, so that its readers
   * report nothing.
   */
  void damaged(Ast.Name name) {
    announced.putIfAbsent(name.text(), name.span());
    values.put(name.text(), Flow.UNKNOWN);
  }

  private boolean free(Ast.Name name, String kind) {
    String text = name.text();
    Optional<String> meaning = meaning(text);
    if (meaning.isPresent()) {
      problems.add(
          Code.E206,
          name.span(),
          Frame.ROOT,
          "a " + kind + " cannot be called " + text + ": that is " + meaning.get(),
          "choose another name");
      return false;
    }
    Optional<Span> other =
        Optional.ofNullable(definitions.get(text))
            .map(d -> d.name().span())
            .or(() -> Optional.ofNullable(announced.get(text)));
    other.ifPresent(
        span ->
            problems.add(
                Code.E207,
                name.span(),
                Frame.ROOT,
                "%s is defined already, at %s".formatted(text, span),
                "choose another name"));
    return other.isEmpty();
  }

  /** The meaning of a word of the language. */
  Optional<String> meaning(String word) {
    if (layers.find(word).isPresent()) {
      return Optional.of("a layer");
    }
    if (Combinators.NAMES.contains(word)) {
      return Optional.of("a combinator");
    }
    return WORDS.contains(word) ? Optional.of("a word of the language") : Optional.empty();
  }

  /** The block or part of this name. */
  Optional<Ast.Definition> definition(String name) {
    unused.remove(name);
    return Optional.ofNullable(definitions.get(name));
  }

  /** The value of this name, if it is defined so far. */
  Optional<Flow> value(String name) {
    unused.remove(name);
    return Optional.ofNullable(values.get(name));
  }

  /** The same, without counting as a use. */
  Optional<Flow> peek(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The place of the statement that defines {@code name}, even if it comes later. */
  Optional<Span> announced(String name) {
    return Optional.ofNullable(announced.get(name));
  }

  void assign(String name, Flow flow) {
    values.putIfAbsent(name, flow);
  }

  /** Marks a value as used. */
  void use(String name) {
    unused.remove(name);
  }

  /** Unused values and blocks. */
  Collection<Ast.Name> unused() {
    return unused.values();
  }

  /** The names of all possible steps, for suggestions. */
  List<String> steps() {
    List<String> all = new ArrayList<>(layers.names());
    all.addAll(Combinators.NAMES);
    all.add("identity");
    all.addAll(definitions.keySet());
    all.addAll(announced.keySet());
    return all;
  }
}
