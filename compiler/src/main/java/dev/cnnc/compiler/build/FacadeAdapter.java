package dev.cnnc.compiler.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cnnc.compiler.BudgetCheck;
import dev.cnnc.compiler.Compilation.Result;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.build.BuildRequest.LedgerUse;
import dev.cnnc.compiler.build.BuildRequest.Limits;
import dev.cnnc.compiler.cost.Ledger;
import dev.cnnc.compiler.emit.NativeImage;
import dev.cnnc.compiler.lower.BudgetClause;
import dev.cnnc.compiler.weights.SafetensorsException;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Diagnostic.Severity;
import dev.cnnc.dsl.DiagnosticPrinter;
import dev.cnnc.dsl.Source;
import dev.cnnc.dsl.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adapts the compiler to the interface of a build.
 *
 * @param vision whether the project depends on the library that answers need
 * @param budget limits of all files beside their own
 * @param ledger what is done with the file beside the network
 */
record FacadeAdapter(boolean allowOutside, boolean vision, Limits budget, LedgerUse ledger)
    implements NetworkCompiler {
  private static final String ORIGIN = "<budget> of the Maven plugin";

  @Override
  public Compilation compile(Path file, String packageName) throws IOException {
    Frontend frontend = Frontend.of(file, allowOutside);
    if (frontend.library().isPresent()) {
      return new Compilation(List.of(), List.of(), frontend.inputs());
    }
    var compilation = Compiler.compile(frontend, packageName, Optional.empty());
    List<Diagnostic> diagnostics = new ArrayList<>(compilation.diagnostics());
    frontend
        .answerClause()
        .filter(_ -> !vision)
        .map(FacadeAdapter::missing)
        .ifPresent(diagnostics::add);
    List<Path> inputs = new ArrayList<>(compilation.inputs());
    List<GeneratedFile> files = new ArrayList<>();
    if (compilation.result().isPresent()) {
      diagnostics.addAll(limits(compilation.result().get(), inputs));
      diagnostics.addAll(ledger(file, compilation.result().get()));
    }
    if (ledger != LedgerUse.OFF) {
      inputs.add(Ledger.fileOf(file));
    }
    List<Finding> findings = new ArrayList<>();
    diagnostics.forEach(diagnostic -> findings.add(finding(diagnostic, file)));
    boolean good = diagnostics.stream().noneMatch(each -> each.severity() == Severity.ERROR);
    if (good && compilation.result().isPresent()) {
      var result = compilation.result().get();
      ByteArrayOutputStream weights = new ByteArrayOutputStream();
      try {
        result.backend().weights().write(weights, result.source(), result.written().storage());
        result
            .backend()
            .java()
            .sources()
            .forEach((name, text) -> files.add(file(name, ".java", text.getBytes(UTF_8))));
        String className = result.backend().java().className();
        files.add(file(className, ".weights", weights.toByteArray()));
        files.add(
            new GeneratedFile(
                NativeImage.path(className), NativeImage.text(className).getBytes(UTF_8)));
      } catch (SafetensorsException e) {
        findings.add(finding(e.diagnostic(), file));
      }
    }
    return new Compilation(findings, files, inputs);
  }

  private static Diagnostic missing(Span clause) {
    return new Diagnostic(
        "E233",
        Severity.ERROR,
        Optional.of(clause),
        "a class with this clause needs the library cnnc-vision, which the project does not name",
        List.of(),
        Optional.of(
            "add the dependency dev.cnnc:cnnc-vision to the pom.xml, in the version of"
                + " cnnc-runtime"));
  }

  /** The limits of the build, whose place is the network as a whole. */
  private List<Diagnostic> limits(Result result, List<Path> inputs) {
    if (budget.text().isEmpty()) {
      return List.of();
    }
    var outside = BudgetClause.outside(ORIGIN, budget.text(), budget.folder());
    inputs.addAll(outside.budget().profiles());
    List<Diagnostic> findings = new ArrayList<>(outside.diagnostics());
    findings.addAll(
        BudgetCheck.of(
            outside.budget(), result.sizes(), result.backend(), result.written().weights()));
    return findings.stream()
        .map(
            each ->
                new Diagnostic(
                    each.code(),
                    each.severity(),
                    Optional.empty(),
                    ORIGIN + ": " + each.message(),
                    each.trail(),
                    each.help()))
        .toList();
  }

  private List<Diagnostic> ledger(Path file, Result result) throws IOException {
    if (ledger == LedgerUse.OFF) {
      return List.of();
    }
    Ledger made = Ledger.of(file, result.sizes(), result.backend().plans());
    if (ledger == LedgerUse.WRITE) {
      made.write();
      return List.of();
    }
    return made.check("to accept, run mvn with -Dcnnc.ledger=write, or cnnc cost --write").stream()
        .toList();
  }

  private static GeneratedFile file(String className, String ending, byte[] content) {
    return new GeneratedFile(className.replace('.', '/') + ending, content);
  }

  /** The printed diagnostic without its place, which the build tool shows itself. */
  private static Finding finding(Diagnostic diagnostic, Path file) {
    String text = DiagnosticPrinter.print(diagnostic).strip();
    Optional<Span> span = diagnostic.span();
    if (span.isEmpty()) {
      return new Finding(file, 1, 1, diagnostic.severity(), text);
    }
    Source.Position position = span.get().source().position(span.get().start());
    String place = span.get() + ": ";
    return new Finding(
        Path.of(span.get().source().name()),
        position.line(),
        position.column(),
        diagnostic.severity(),
        text.startsWith(place) ? text.substring(place.length()) : text);
  }
}
