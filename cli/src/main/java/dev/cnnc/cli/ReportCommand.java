package dev.cnnc.cli;

import dev.cnnc.cli.report.Page;
import dev.cnnc.cli.report.Report;
import dev.cnnc.cli.report.ReportJson;
import dev.cnnc.compiler.Frontend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc report}: one page that shows a network, its plan, and what both cost. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Writes a page that shows what a network costs, where, and why.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc report net.cnn",
      "  cnnc report net.cnn -o net.html",
      "  cnnc report net.cnn --json > net.json",
      "",
      "The page is one file that needs no network; open it in any browser. It shows",
      "the totals beside the budget of the file; the graph, whose blocks fold; the table",
      "of steps, with the kernel of each and why it was chosen; who lies where in the",
      "arena; and a roofline. Select a step in any of them, and all show it, with its",
      "line of the .cnn file and its emitted method. Weights are not needed, and the same",
      "network makes the same bytes. The JSON has all numbers of the page.",
      "docs/cost.md tells more."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.cnn", description = "The network.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      defaultValue = "report.html",
      description = "The page (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Mixin private OutsideOption outside;

  @Option(names = "--json", description = "Print the numbers of the page as JSON; write no page.")
  private boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    Frontend frontend = NetworkFile.frontend(file, outside);
    terminal.report(frontend.diagnostics());
    if (frontend.written().isEmpty()) {
      return 1;
    }
    try (Progress progress = new Progress(terminal)) {
      progress.stage("compiling " + file);
      Report report = Report.of(file, frontend.written().get(), frontend.budget());
      if (json) {
        terminal.out().print(ReportJson.of(report));
      } else {
        List<Path> inputs = Stream.concat(Stream.of(file), frontend.inputs().stream()).toList();
        String page = Page.of(report);
        terminal
            .out()
            .println(new OutputFile(output, inputs).write(path -> Files.writeString(path, page)));
      }
    }
    terminal.out().flush();
    return 0;
  }
}
