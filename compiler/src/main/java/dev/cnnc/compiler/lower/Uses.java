package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Parsed;
import dev.cnnc.dsl.Parser;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the files that a file uses, and those that these use. Each is read once.
 *
 * <p>Invariant: the result has no cycles, and a file stands behind those it uses.
 */
final class Uses {

  private final Problems problems;
  private final List<Diagnostic> syntax = new ArrayList<>();
  private final SequencedMap<Path, File> files = new LinkedHashMap<>();
  private final Deque<File> unread = new ArrayDeque<>();
  private final List<Path> paths = new ArrayList<>();

  /**
   * A file and what it uses.
   *
   * @param frame the {@code use} clauses that lead to it
   * @param used the files that it could bring in, by their clause
   */
  record File(
      Parsed parsed, Sources around, Frame frame, SequencedMap<Ast.Use, Optional<File>> used) {

    private static File of(Parsed parsed, Sources around, Frame frame) {
      return new File(parsed, around, frame, new LinkedHashMap<>());
    }

    private List<File> found() {
      return used.values().stream().flatMap(Optional::stream).toList();
    }

    private List<Ast.Use> clauses() {
      return parsed.network().statements().stream()
          .filter(Ast.Use.class::isInstance)
          .map(Ast.Use.class::cast)
          .toList();
    }

    // A file is the same only as itself, and what it uses may be large.
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /**
   * Everything that was read.
   *
   * @param files the file itself is the last one
   * @param syntax what is wrong in the text of the used ones
   * @param paths of the used files, missing ones too, but none that must not be read
   */
  record Read(List<File> files, List<Diagnostic> syntax, List<Path> paths) {}

  private Uses(Problems problems) {
    this.problems = problems;
  }

  static Read read(Parsed parsed, Sources around, Problems problems) {
    Uses uses = new Uses(problems);
    File main = File.of(parsed, around, Frame.ROOT);
    uses.files.put(around.identity(), main);
    uses.unread.add(main);
    while (!uses.unread.isEmpty()) {
      uses.follow(uses.unread.poll());
    }
    return new Read(uses.ordered(), List.copyOf(uses.syntax), List.copyOf(uses.paths));
  }

  private void follow(File file) {
    Map<File, Ast.Use> first = new LinkedHashMap<>();
    for (Ast.Use clause : file.clauses()) {
      Optional<File> used = find(file, clause);
      used.map(it -> first.putIfAbsent(it, clause))
          .ifPresent(
              other ->
                  problems.add(
                      Code.E211,
                      clause.span(),
                      file.frame(),
                      "this file is used already, at " + other.span(),
                      "remove one of them"));
      file.used().put(clause, used);
    }
  }

  private Optional<File> find(File file, Ast.Use clause) {
    String name = clause.file().text();
    return switch (file.around().find(name)) {
      case Sources.Found.Text(var source, Sources around) -> {
        File known = files.get(around.identity());
        if (known == null) {
          known = File.of(Parser.parse(source), around, file.frame().used(clause.span()));
          files.put(around.identity(), known);
          paths.add(Path.of(source.name()));
          unread.add(known);
          report(known);
        }
        yield Optional.of(known);
      }
      case Sources.Found.Unreadable(Path path, String reason) -> {
        paths.add(path);
        yield refuse(file, clause, "\"%s\" %s".formatted(name, reason));
      }
      case Sources.Found.Outside() -> {
        Project.refuse(problems, clause.file().span(), file.frame(), name);
        yield Optional.empty();
      }
      case Sources.Found.NoPath() -> refuse(file, clause, "this is no path: \"" + name + '"');
    };
  }

  private Optional<File> refuse(File file, Ast.Use clause, String message) {
    problems.add(
        Code.E226, clause.file().span(), file.frame(), message, "paths are relative to this file");
    return Optional.empty();
  }

  private void report(File file) {
    for (Diagnostic wrong : file.parsed().diagnostics()) {
      syntax.add(
          new Diagnostic(
              wrong.code(),
              wrong.severity(),
              wrong.span(),
              wrong.message(),
              file.frame().trail(),
              wrong.help()));
    }
  }

  /** Used files before their users; links that close a circle are reported and dropped. */
  private List<File> ordered() {
    List<File> ordered = new ArrayList<>();
    Set<File> done = new HashSet<>();
    List<File> left = new ArrayList<>(files.sequencedValues().reversed());
    while (!left.isEmpty()) {
      List<File> free = left.stream().filter(file -> done.containsAll(file.found())).toList();
      if (free.isEmpty()) {
        open(left, done);
      } else {
        ordered.addAll(free);
        done.addAll(free);
        left.removeAll(free);
      }
    }
    return List.copyOf(ordered);
  }

  /** Finds a circle, from the main file on, and drops the clause that closes it. */
  private void open(List<File> left, Set<File> done) {
    List<File> path = new ArrayList<>();
    List<Ast.Use> clauses = new ArrayList<>();
    File file = left.getLast();
    while (!path.contains(file)) {
      path.add(file);
      Map.Entry<Ast.Use, Optional<File>> next =
          file.used().entrySet().stream()
              .filter(each -> each.getValue().isPresent() && !done.contains(each.getValue().get()))
              .findFirst()
              .orElseThrow();
      clauses.add(next.getKey());
      file = next.getValue().get();
    }
    List<File> circle = new ArrayList<>(path.subList(path.indexOf(file), path.size()));
    circle.add(file);
    File last = path.getLast();
    problems.add(
        Code.E227,
        clauses.getLast().span(),
        last.frame(),
        circle.size() == 2
            ? "this file uses itself"
            : "these files use each other: "
                + circle.stream()
                    .map(each -> each.parsed().network().span().source().name())
                    .collect(Collectors.joining(" -> ")),
        circle.size() == 2
            ? "remove it: the blocks of a file are known in all of it"
            : "move what they share into a file that uses none of them");
    last.used().put(clauses.getLast(), Optional.empty());
  }
}
