package dev.cnnc.compiler;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.TooLargeException;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Diagnostic.Severity;
import dev.cnnc.dsl.DiagnosticPrinter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    return compile(Frontend.of(file), packageName, weights);
  }

  /** The same for a file that has been read. */
  public static Compilation compile(
      Frontend frontend, String packageName, Optional<Network.Weights> weights) {
    return compile(frontend, weights, improved -> Backend.of(improved, packageName));
  }

  /** The same for this JVM alone: without the kernels that it would never load. */
  public static Compilation compileHere(Path file, Optional<Network.Weights> weights)
      throws IOException {
    return compile(Frontend.of(file), weights, Backend::here);
  }

  private static Compilation compile(
      Frontend frontend,
      Optional<Network.Weights> weights,
      Function<List<Network>, Backend> emitting) {
    if (frontend.written().isEmpty()) {
      return new Compilation(frontend.diagnostics(), frontend.inputs(), Optional.empty());
    }
    Network written = frontend.written().get();
    StoredTensors tensors = StoredTensors.open(frontend, weights);
    List<Diagnostic> diagnostics = new ArrayList<>(frontend.diagnostics());
    diagnostics.addAll(tensors.diagnostics());
    try {
      // Without weights too, because what else is wrong shows then.
      List<Passes.Step> passes = Passes.run(written.graph());
      Network first = written.with(passes.getLast().graph());
      Backend backend = emitting.apply(improved(first, frontend));
      List<Diagnostic> broken =
          BudgetCheck.of(
              frontend.budget(), frontend.sizes(), backend, weights.orElse(written.weights()));
      diagnostics.addAll(broken);
      return new Compilation(
          DiagnosticPrinter.sorted(diagnostics),
          frontend.inputs(),
          tensors
              .source()
              .filter(_ -> broken.isEmpty())
              .map(source -> new Compilation.Result(frontend.sizes(), passes, backend, source)));
    } catch (TooLargeException tooLarge) {
      diagnostics.add(tooLarge(written, tooLarge));
      return new Compilation(
          DiagnosticPrinter.sorted(diagnostics), frontend.inputs(), Optional.empty());
    }
  }

  /** Errors of the budget of a good file, as {@link #compile} would report them. */
  public static List<Diagnostic> checkBudget(Frontend frontend) {
    if (frontend.written().isEmpty() || frontend.budget().limits().isEmpty()) {
      return List.of();
    }
    Network written = frontend.written().get();
    try {
      Backend backend = Backend.of(improved(Passes.improved(written), frontend), "");
      return BudgetCheck.of(frontend.budget(), frontend.sizes(), backend, written.weights());
    } catch (TooLargeException tooLarge) {
      return List.of(tooLarge(written, tooLarge));
    }
  }

  /** All sizes after the passes, which have run for the first. */
  private static List<Network> improved(Network first, Frontend frontend) {
    return Stream.concat(Stream.of(first), frontend.sizes().stream().skip(1).map(Passes::improved))
        .toList();
  }

  private static Diagnostic tooLarge(Network written, TooLargeException problem) {
    return new Diagnostic(
        "E321",
        Severity.ERROR,
        Optional.of(written.graph().node(0).origin().span()),
        String.valueOf(problem.getMessage()),
        List.of(),
        Optional.empty());
  }
}
