package dev.cnnc.compiler;

import dev.cnnc.compiler.ir.Budget;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.BudgetClause;
import dev.cnnc.compiler.lower.Library;
import dev.cnnc.compiler.lower.Lowered;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.lower.Project;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.DiagnosticPrinter;
import dev.cnnc.dsl.Parsed;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a file says, before anybody looks for its weights.
 *
 * @param diagnostics all findings, by place
 * @param inputs every other file it depends on: weights, labels, used files, profiles; missing ones
 *     too, but none that it must not read
 * @param sizes the network before any pass, for each size of its input, of which most networks have
 *     one; there if, and only if, no diagnostic is an error
 * @param library there if the file has blocks alone, and that is its only error
 * @param weightsClause where the file names its weights
 * @param answerClause the first clause for which a class needs the library cnnc-vision
 * @param budget what the network may cost; without limits if the file has none
 */
public record Frontend(
    List<Diagnostic> diagnostics,
    List<Path> inputs,
    List<Network> sizes,
    Optional<Library> library,
    Optional<Span> weightsClause,
    Optional<Span> answerClause,
    Budget budget) {

  public Frontend {
    diagnostics = List.copyOf(diagnostics);
    inputs = List.copyOf(inputs);
    sizes = List.copyOf(sizes);
  }

  /** The network at the first size of its input. */
  public Optional<Network> written() {
    return sizes.stream().findFirst();
  }

  /**
   * Reads one file.
   *
   * @param file its name is what diagnostics show
   * @throws IOException if the file itself cannot be read
   */
  public static Frontend of(Path file) throws IOException {
    return of(file, false);
  }

  /**
   * The same.
   *
   * @param allowOutside whether the text may name files outside of its project
   */
  public static Frontend of(Path file, boolean allowOutside) throws IOException {
    Parsed parsed = Parser.parse(SourceFile.read(file));
    Project project = Project.of(file, allowOutside);
    Function<Parsed, Lowered> lowering =
        text -> Lowering.lower(text, project, new ProjectSources(file, project));
    Optional<InputSizes> sizes = InputSizes.of(parsed);
    Lowered lowered = lowering.apply(sizes.map(InputSizes::first).orElse(parsed));
    Budget budget = BudgetClause.of(parsed.network(), project);
    InputSizes.All all =
        sizes
            .map(each -> each.lower(lowered, lowering))
            .orElseGet(
                () ->
                    new InputSizes.All(lowered.network().stream().toList(), lowered.diagnostics()));
    return new Frontend(
        DiagnosticPrinter.sorted(all.diagnostics()),
        Stream.of(
                inputs(parsed.network(), file).stream().filter(project::allows),
                lowered.used().stream(),
                budget.profiles().stream())
            .flatMap(files -> files)
            .toList(),
        all.networks(),
        lowered.library(),
        clause(parsed.network(), Ast.Weights.class),
        clause(parsed.network(), Ast.Answer.class),
        budget);
  }

  private static Optional<Span> clause(Ast.Network tree, Class<? extends Ast.Statement> kind) {
    return tree.statements().stream().filter(kind::isInstance).map(Ast.Statement::span).findFirst();
  }

  /** The files that the text names, whether they are there or not. */
  private static List<Path> inputs(Ast.Network tree, Path file) {
    return tree.statements().stream()
        .flatMap(
            statement ->
                switch (statement) {
                  case Ast.Weights weights -> Stream.of(weights.origin());
                  case Ast.Labels labels -> Stream.of(labels.list());
                  case Ast.Answer answer ->
                      answer.settings().stream().flatMap(setting -> setting.value().stream());
                  case Ast.Title _,
                      Ast.Use _,
                      Ast.Input _,
                      Ast.Preprocess _,
                      Ast.Budget _,
                      Ast.Exact _,
                      Ast.Definition _,
                      Ast.Value _,
                      Ast.Pipeline _ ->
                      Stream.<Ast.Expression>empty();
                })
        .filter(Ast.Text.class::isInstance)
        .map(text -> file.resolveSibling(((Ast.Text) text).text()))
        .toList();
  }
}
