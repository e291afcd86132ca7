package dev.cnnc.cli;

import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.ir.Network.Weights;
import dev.cnnc.dsl.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc check}: reports the errors of networks and their weights, and writes nothing. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    description =
        "Reports the errors of networks: in their text, shapes, labels, weights and budget.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc check net.cnn",
      "  cnnc check src/main/cnn/*.cnn",
      "",
      "Files of weights are read too; a network that names none is good. Of a file of",
      "blocks alone it lists the blocks, which other files can use. Exit status 1 if",
      "any file has an error, 0 with warnings alone."
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE.cnn", description = "Networks.")
  private List<Path> files = List.of();

  @Mixin private OutsideOption outside;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    int bad = 0;
    for (Path file : files) {
      if (!check(file, terminal)) {
        bad++;
      }
    }
    if (bad == 0) {
      terminal.out().println(files.size() == 1 ? files.getFirst() + " is good" : allGood());
      terminal.out().flush();
      return 0;
    }
    if (files.size() > 1) {
      terminal.err().println("%s of %s files have errors".formatted(bad, files.size()));
      terminal.err().flush();
    }
    return 1;
  }

  private String allGood() {
    return "all %s files are good".formatted(files.size());
  }

  private boolean check(Path file, Terminal terminal) {
    try {
      Frontend frontend = Frontend.of(file, outside.allowed());
      if (frontend.library().isPresent()) {
        terminal.out().println(file + " is no network, but offers:");
        frontend.library().get().blocks().forEach(block -> terminal.out().println("  " + block));
        return true;
      }
      return !terminal.report(findings(frontend, terminal));
    } catch (IOException problem) {
      // The other files are checked anyway.
      terminal.err().println("cnnc: " + Failure.reading(file, problem).getMessage());
      terminal.err().flush();
      return false;
    }
  }

  private static List<Diagnostic> findings(Frontend frontend, Terminal terminal) {
    List<Diagnostic> findings = new ArrayList<>(frontend.diagnostics());
    frontend
        .written()
        .filter(network -> !(network.weights() instanceof Weights.Unsaid))
        .ifPresent(
            _ ->
                findings.addAll(
                    NetworkFile.tensors(frontend, Optional.empty(), terminal).diagnostics()));
    findings.addAll(Compiler.checkBudget(frontend));
    return findings;
  }
}
