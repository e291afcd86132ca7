package dev.cnnc.compiler;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.Lowered;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.DiagnosticPrinter;
import dev.cnnc.dsl.Parsed;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The whole story: text, tree, graph, better graph, plan, Java. */
public final class Compiler {

  private Compiler() {}

  /**
   * Compiles one file.
   *
   * @param file the {@code .cnn} file; its name is what diagnostics show
   * @param packageName of the class; empty for the unnamed one
   * @param weights instead of what the file says
   * @throws IOException if the file itself cannot be read
   */
  public static Compilation compile(
      Path file, String packageName, Optional<Network.Weights> weights) throws IOException {
    Parsed parsed = Parser.parse(SourceFile.read(file));
    Lowered lowered = Lowering.lower(parsed, file.resolveSibling(""));
    List<Diagnostic> diagnostics = new ArrayList<>(lowered.diagnostics());
    List<Path> inputs = inputs(parsed.network(), file);
    if (lowered.network().isEmpty()) {
      return new Compilation(DiagnosticPrinter.sorted(diagnostics), inputs, Optional.empty());
    }
    Network written = lowered.network().get();
    StoredTensors tensors =
        StoredTensors.open(
            written.graph(),
            weights.orElse(written.weights()),
            weights.isPresent() ? Optional.empty() : clause(parsed.network()));
    diagnostics.addAll(tensors.diagnostics());
    if (tensors.source().isEmpty()) {
      return new Compilation(DiagnosticPrinter.sorted(diagnostics), inputs, Optional.empty());
    }
    List<Passes.Step> passes = Passes.run(written.graph());
    Backend backend = Backend.of(written.with(passes.getLast().graph()), packageName);
    return new Compilation(
        DiagnosticPrinter.sorted(diagnostics),
        inputs,
        Optional.of(new Compilation.Result(written, passes, backend, tensors.source().get())));
  }

  private static Optional<Span> clause(Ast.Network tree) {
    return tree.statements().stream()
        .filter(Ast.Weights.class::isInstance)
        .map(Ast.Statement::span)
        .findFirst();
  }

  /** The files that the text names, whether they are there or not. */
  private static List<Path> inputs(Ast.Network tree, Path file) {
    return tree.statements().stream()
        .flatMap(
            statement ->
                switch (statement) {
                  case Ast.Weights weights -> Stream.of(weights.origin());
                  case Ast.Labels labels -> Stream.of(labels.list());
                  case Ast.Title _,
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
