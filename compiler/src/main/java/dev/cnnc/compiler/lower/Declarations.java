package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.DiagnosticPrinter;
import dev.cnnc.dsl.Parsed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names that a file and the files it uses define, before any value is known.
 *
 * @param uses the used files, and the file itself behind them
 * @param names of the file itself
 */
record Declarations(Parsed parsed, Uses.Read uses, Names names, Problems problems) {

  static Declarations of(Parsed parsed, Sources sources, Problems problems, LayerTable table) {
    Uses.Read uses = Uses.read(parsed, sources, problems);
    Map<Uses.File, Names> known = new HashMap<>();
    for (Uses.File file : uses.files()) {
      Names names = new Names(problems, table, file.frame());
      file.used()
          .forEach(
              (clause, used) ->
                  used.ifPresentOrElse(
                      it -> names.bring(clause, names(known, it), it.parsed().complete()),
                      names::bringUnknown));
      declare(file.parsed(), names);
      known.put(file, names);
    }
    return new Declarations(parsed, uses, names(known, uses.files().getLast()), problems);
  }

  private static Names names(Map<Uses.File, Names> known, Uses.File file) {
    return Optional.ofNullable(known.get(file)).orElseThrow();
  }

  private static void declare(Parsed parsed, Names names) {
    for (Ast.Statement statement : parsed.network().statements()) {
      switch (statement) {
        case Ast.Definition definition -> names.define(definition);
        case Ast.Value value -> names.announce(value.name());
        case Ast.Input input -> names.announce(input.name());
        case Ast.Title _,
            Ast.Use _,
            Ast.Weights _,
            Ast.Labels _,
            Ast.Preprocess _,
            Ast.Answer _,
            Ast.Budget _,
            Ast.Exact _,
            Ast.Pipeline _ -> {}
      }
    }
    parsed.damaged().forEach(names::damaged);
    names.checkParameters();
  }

  /** Whether neither the file nor one that it uses has a syntax error. */
  boolean readable() {
    return parsed.complete() && uses.syntax().isEmpty();
  }

  /** The used files. */
  List<Path> paths() {
    return uses.paths();
  }

  /** Everything that was found so far. */
  List<Diagnostic> diagnostics() {
    List<Diagnostic> all = new ArrayList<>(parsed.diagnostics());
    all.addAll(uses.syntax());
    all.addAll(problems.found());
    return DiagnosticPrinter.sorted(all);
  }

  /** Whether the file has blocks alone. */
  boolean isLibrary() {
    return parsed.complete()
        && parsed.network().statements().stream()
            .allMatch(each -> each instanceof Ast.Use || each instanceof Ast.Definition);
  }

  /** What a file of blocks alone has to say. */
  Lowered library() {
    new Mentions(problems, names).check();
    boolean good = readable() && !problems.hasErrors();
    Optional<Library> library =
        good
            ? Optional.of(
                new Library(
                    names.own().stream()
                        .map(each -> (each.part() ? "part " : "block ") + BlockCalls.usage(each))
                        .toList()))
            : Optional.empty();
    if (good) {
      problems.add(
          Code.E228,
          parsed.network().statements().getFirst().span(),
          Frame.ROOT,
          "this file has blocks alone, and is no network",
          "compile a network that uses it, or begin this one with network NAME");
    }
    return new Lowered(Optional.empty(), library, paths(), diagnostics());
  }
}
