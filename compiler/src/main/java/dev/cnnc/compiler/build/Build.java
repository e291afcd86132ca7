package dev.cnnc.compiler.build;

import dev.cnnc.compiler.build.NetworkCompiler.Compilation;
import dev.cnnc.compiler.build.NetworkCompiler.GeneratedFile;
import dev.cnnc.dsl.Diagnostic.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Compiles the units of a request one after the other. A faulty unit does not stop the others. An
 * unchanged result is not written, so its time stamp stays.
 */
final class Build {
  private final NetworkCompiler compiler;
  private final Consumer<BuildEvent> events;

  Build(NetworkCompiler compiler, Consumer<BuildEvent> events) {
    this.compiler = compiler;
    this.events = events;
  }

  void run(BuildRequest request) {
    for (BuildRequest.Unit unit : request.units()) {
      try {
        compile(unit, request);
      } catch (IOException problem) {
        report(unit, "error: " + problem);
      } catch (RuntimeException | StackOverflowError defect) {
        StringWriter trace = new StringWriter();
        defect.printStackTrace(new PrintWriter(trace));
        report(unit, "error: the compiler itself failed, please report this\n" + trace);
      }
    }
    events.accept(new BuildEvent.End());
  }

  private void compile(BuildRequest.Unit unit, BuildRequest request) throws IOException {
    Compilation compilation = compiler.compile(unit.file(), unit.packageName());
    for (NetworkCompiler.Finding finding : compilation.findings()) {
      events.accept(
          new BuildEvent.Problem(
              unit.file(),
              finding.file(),
              finding.line(),
              finding.column(),
              finding.severity(),
              finding.text()));
    }
    for (Path input : compilation.inputs()) {
      events.accept(new BuildEvent.Input(unit.file(), input));
    }
    for (GeneratedFile file : compilation.files()) {
      boolean java = file.path().endsWith(".java");
      Path folder = java ? request.javaFolder() : request.resourceFolder();
      Path target = folder.resolve(file.path());
      writeIfChanged(target, file.content());
      events.accept(new BuildEvent.Output(unit.file(), target));
    }
  }

  private void report(BuildRequest.Unit unit, String text) {
    events.accept(
        new BuildEvent.Problem(unit.file(), unit.file(), 1, 1, Severity.ERROR, text.strip()));
  }

  private static void writeIfChanged(Path target, byte[] content) throws IOException {
    boolean same =
        Files.isRegularFile(target)
            && Files.size(target) == content.length
            && Arrays.equals(Files.readAllBytes(target), content);
    if (!same) {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.write(target, content);
    }
  }
}
