package dev.cnnc.cli;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.pass.Pass;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.PackedAgain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc compile}: the work of the Maven plugin, for one file and any build tool. */
@Command(
    name = "compile",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Writes the Java class of a network, and beside it its kernels and its weights.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc compile net.cnn -o generated --package com.example",
      "  cnnc compile net.cnn -o generated --weights trained.safetensors",
      "  cnnc compile net.cnn -o dump --dump-after FoldBatchNorm",
      "",
      "Both files belong on the class path of the program, with cnnc-runtime. A dump",
      "is a network again: it compiles, and gives the same numbers."
    })
final class CompileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.cnn", description = "The network.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The root folder of the packages; created if it is missing.")
  private Path folder;

  @Option(
      names = "--package",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The package of the class (default: the unnamed one).")
  private String packageName;

  @Mixin private WeightsOption weights;

  @Mixin private OutsideOption outside;

  @Option(
      names = "--dump-after",
      paramLabel = "PASS",
      completionCandidates = PassNames.class,
      description = {
        "Also write the graph after this pass: as a network, with the weights as they are then.",
        "The passes, in their order: ${COMPLETION-CANDIDATES}"
      })
  private Optional<String> dumpAfter = Optional.empty();

  @Option(
      names = "--explain",
      description =
          "Print what every pass declined to do, and why; and for every layer the kernels that were"
              + " offered, the estimate of each, and which was taken.")
  private boolean explain;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    if (!packageName.isEmpty() && !SourceVersion.isName(packageName)) {
      throw new ParameterException(
          spec.commandLine(), "--package: " + packageName + " is no name of a Java package");
    }
    Optional<Pass> dumped = dumpAfter.map(this::pass);
    Compilation compilation = compile(terminal);
    terminal.report(compilation.diagnostics());
    if (compilation.result().isEmpty()) {
      return 1;
    }
    Compilation.Result result = compilation.result().get();
    if (explain) {
      ExplanationText.print(result, terminal.out());
    }
    tellAgain(result, terminal);
    OutputFolder output = new OutputFolder(folder, packageName, file, compilation.inputs());
    try (Progress progress = new Progress(terminal)) {
      progress.stage("writing weights");
      output.write(result, dumped).forEach(path -> terminal.out().println(path));
    }
    terminal.out().flush();
    return 0;
  }

  /** Nobody would see else why the weights file is larger than that of one size. */
  private static void tellAgain(Compilation.Result result, Terminal terminal) {
    for (int size = 0; size < result.sizes().size(); size++) {
      List<PackedAgain> again = PackedAgain.of(result.backend().plans(), size);
      if (!again.isEmpty()) {
        terminal
            .err()
            .println(
                "cnnc: %s: packed again: %s"
                    .formatted(SizeOption.written(result.sizes().get(size)), AgainText.of(again)));
      }
    }
    terminal.err().flush();
  }

  private Compilation compile(Terminal terminal) {
    try (Progress progress = new Progress(terminal)) {
      progress.stage("compiling " + file);
      return Compiler.compile(Frontend.of(file, outside.allowed()), packageName, weights.chosen());
    } catch (IOException problem) {
      throw Failure.reading(file, problem);
    }
  }

  private Pass pass(String name) {
    return Passes.all().stream()
        .filter(pass -> pass.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--dump-after: there is no pass %s; in their order: %s"
                        .formatted(name, String.join(", ", new PassNames()))));
  }

  /** Names of the passes, for the help. */
  private static final class PassNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Passes.all().stream().map(Pass::name).iterator();
    }
  }
}
