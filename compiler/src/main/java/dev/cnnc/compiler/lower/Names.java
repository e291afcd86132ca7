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
 * The definitions of one file, and those it brings in: blocks and parts are known at once, values
 * one after the other.
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
  private final Frame frame;
  private final Map<String, Block> blocks = new LinkedHashMap<>();
  private final Map<String, Block> own = new LinkedHashMap<>();

  /** The files of blocks that the used files use, by the names of these blocks. */
  private final Map<String, String> beyond = new HashMap<>();

  private final Map<String, Span> announced = new LinkedHashMap<>();
  private final Map<String, Flow> values = new HashMap<>();
  private final Map<String, Ast.Name> unused = new LinkedHashMap<>();

  private boolean complete = true;

  /**
   * No definition yet.
   *
   * @param frame the {@code use} clauses that lead to the file
   */
  Names(Problems problems, LayerTable layers, Frame frame) {
    this.problems = problems;
    this.layers = layers;
    this.frame = frame;
  }

  /**
   * Brings in the blocks of a used file. Before the definitions of the file itself, so that a clash
   * with these is shown at their place.
   *
   * @param whole whether it has no syntax errors, so that all its blocks are known
   */
  void bring(Ast.Use clause, Names used, boolean whole) {
    complete &= whole;
    used.beyond.forEach(beyond::putIfAbsent);
    used.blocks.forEach(
        (name, block) -> {
          if (!used.own.containsKey(name)) {
            beyond.putIfAbsent(name, block.definition().span().source().name());
          }
        });
    used.own.forEach(
        (name, block) -> {
          Block other = blocks.putIfAbsent(name, block);
          if (other != null && !other.equals(block)) {
            problems.add(
                Code.E207,
                clause.span(),
                frame,
                "%s is defined in two of the used files, at %s and at %s"
                    .formatted(
                        name, other.definition().name().span(), block.definition().name().span()),
                "give one of them another name");
          }
        });
  }

  /** The cure if only a used file uses the file that defines {@code name}. */
  Optional<String> beyond(String name) {
    return Optional.ofNullable(beyond.get(name))
        .map(file -> "it is defined in %s, which this file must use itself".formatted(file));
  }

  /** Reports no unknown names from now on, because a used file cannot be read. */
  void bringUnknown() {
    complete = false;
  }

  /** Whether all names that the file brings in are known. */
  boolean complete() {
    return complete;
  }

  /** Defines a block, or reports why its name is not allowed. */
  void define(Ast.Definition definition) {
    Ast.Name name = definition.name();
    if (free(name, definition.part() ? "part" : "block")) {
      Block block = new Block(definition, this);
      blocks.put(name.text(), block);
      own.put(name.text(), block);
      unused.put(name.text(), name);
    }
  }

  /** Checks names of parameters; all blocks and values must be known by now. */
  void checkParameters() {
    for (Ast.Definition definition : own()) {
      Set<String> seen = new LinkedHashSet<>();
      for (Ast.Parameter parameter : definition.parameters()) {
        Ast.Name name = parameter.name();
        if (free(name, "parameter") && !seen.add(name.text())) {
          problems.add(
              Code.E207,
              name.span(),
              frame,
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
          frame,
          "a " + kind + " cannot be called " + text + ": that is " + meaning.get(),
          "choose another name");
      return false;
    }
    Optional<Span> other =
        Optional.ofNullable(blocks.get(text))
            .map(block -> block.definition().name().span())
            .or(() -> Optional.ofNullable(announced.get(text)));
    other.ifPresent(
        span ->
            problems.add(
                Code.E207,
                name.span(),
                frame,
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
  Optional<Block> block(String name) {
    unused.remove(name);
    return Optional.ofNullable(blocks.get(name));
  }

  /** Whether a layer, a combinator, a block or a word of the language has this name. */
  boolean isStep(String name) {
    return meaning(name).isPresent() || block(name).isPresent();
  }

  /** The blocks and parts that the file itself defines. */
  List<Ast.Definition> own() {
    return own.values().stream().map(Block::definition).toList();
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

  /** Reports a value that is not there yet, or never: a used file has only its blocks. */
  boolean reportLater(Ast.Call call, Frame at) {
    String name = call.name().text();
    Span place = announced.get(name);
    if (place == null) {
      return false;
    }
    if (frame == Frame.ROOT) {
      problems.add(
          Code.E205,
          call.span(),
          at,
          "%s is defined further down, at %s".formatted(name, place),
          "a value must be defined before it is used");
    } else {
      problems.add(
          Code.E205,
          call.span(),
          at,
          "%s is a value of %s, which is only used for its blocks"
              .formatted(name, place.source().name()),
          "make it a parameter of the block");
    }
    return true;
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
    all.addAll(blocks.keySet());
    all.addAll(announced.keySet());
    return all;
  }
}
