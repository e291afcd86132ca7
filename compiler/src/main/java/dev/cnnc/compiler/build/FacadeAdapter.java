package dev.cnnc.compiler.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.weights.SafetensorsException;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.DiagnosticPrinter;
import dev.cnnc.dsl.Source;
import dev.cnnc.dsl.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adapts the compiler to the interface of a build; adds no errors and no files. */
record FacadeAdapter(boolean allowOutside) implements NetworkCompiler {

  @Override
  public Compilation compile(Path file, String packageName) throws IOException {
    var compilation =
        Compiler.compile(Frontend.of(file, allowOutside), packageName, Optional.empty());
    List<Finding> findings = new ArrayList<>();
    compilation.diagnostics().forEach(diagnostic -> findings.add(finding(diagnostic, file)));
    List<GeneratedFile> files = new ArrayList<>();
    if (compilation.result().isPresent()) {
      var result = compilation.result().get();
      ByteArrayOutputStream weights = new ByteArrayOutputStream();
      try {
        result.backend().weights().write(weights, result.source(), result.written().storage());
        result
            .backend()
            .java()
            .sources()
            .forEach((name, text) -> files.add(file(name, ".java", text.getBytes(UTF_8))));
        files.add(file(result.backend().java().className(), ".weights", weights.toByteArray()));
      } catch (SafetensorsException e) {
        findings.add(finding(e.diagnostic(), file));
      }
    }
    return new Compilation(findings, files, compilation.inputs());
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
