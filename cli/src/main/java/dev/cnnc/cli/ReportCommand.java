package dev.cnnc.cli;

import dev.cnnc.cli.report.Comparison;
import dev.cnnc.cli.report.Page;
import dev.cnnc.cli.report.Report;
import dev.cnnc.cli.report.ReportJson;
import dev.cnnc.cli.report.StepTimes;
import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.StoredTensors;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      "  cnnc report net.cnn -o net.html --measure",
      "  cnnc report net.cnn --on edge.profile.json",
      "  cnnc report networks --accuracy accuracy.csv",
      "  cnnc report net.cnn --json > before.json",
      "  cnnc report --compare before.json after.json",
      "",
      "The page is one file that needs no network; open it in any browser. It shows",
      "the totals beside the budget of the file; the graph, whose blocks fold; the table",
      "of steps, with the kernel of each and why it was chosen; who lies where in the",
      "arena; and a roofline. Select a step in any of them, and all show it, with its",
      "line of the .cnn file and its emitted method. Without --measure, weights are not",
      "needed, and the same network makes the same bytes. With --on and --measure, what",
      "was predicted stands beside what was measured, and colours can show the error.",
      "Of a folder the page shows all networks beside each other. The table of accuracies",
      "has a line network,top-1 and then a line such as resnet50,80.9 for each network.",
      "The JSON has all numbers of the page; --compare takes two such files and shows",
      "what changed. Of a network of several sizes the page shows one, and leads to the",
      "others; the JSON is a list, and --compare takes one size of it, by --size.",
      "docs/cost.md tells more."
    })
final class ReportCommand implements Callable<Integer> {
  /** Measuring a whole folder should not take all day. */
  private static final double SECONDS_OF_A_MEMBER = 1;

  private static final double SECONDS = 3;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE.cnn|DIR",
      arity = "1..2",
      description = "The network, or a folder of networks; two JSON files for --compare.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      defaultValue = "report.html",
      description = "The page (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(names = "--json", description = "Print the numbers of the page as JSON; write no page.")
  private boolean json;

  @Option(names = "--measure", description = "Run the network, and show the time of every step.")
  private boolean measure;

  @Option(
      names = "--on",
      paramLabel = "PROFILE",
      description = "Show the time that a profile of cnnc calibrate predicts for every step.")
  private Optional<Path> machine = Optional.empty();

  @Option(
      names = "--accuracy",
      paramLabel = "FILE.csv",
      description = "A table of accuracies for the networks of a folder.")
  private Optional<Path> accuracy = Optional.empty();

  @Option(names = "--compare", description = "Compare two reports, as --json printed them.")
  private boolean compare;

  @Mixin private SizeOption size;

  @Mixin private ThreadsOption threads;

  @Mixin private WeightsOption weights;

  @Mixin private OutsideOption outside;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    threads.check(spec);
    checkFiles();
    if (compare) {
      compare(terminal);
      return 0;
    }
    return Files.isDirectory(files.getFirst()) ? folder(terminal) : network(terminal);
  }

  private void checkFiles() {
    if (compare != (files.size() == 2)) {
      throw new ParameterException(
          spec.commandLine(),
          compare
              ? "--compare takes two files that --json printed"
              : "a report is of one network or folder; --compare takes two files");
    }
    if (compare && (measure || json || machine.isPresent())) {
      throw new ParameterException(
          spec.commandLine(), "--compare only writes a page: leave out --measure, --on and --json");
    }
  }

  private void compare(Terminal terminal) {
    Comparison both = new Comparison(side(files.get(0)), side(files.get(1)));
    write(Page.of(both), files, terminal);
  }

  private static Comparison.Side side(Path file) {
    try {
      String text = Files.readString(file);
      Comparison.Side side = new Comparison.Side(String.valueOf(file.getFileName()), text);
      if (side.isReport()) {
        return side;
      }
    } catch (IOException problem) {
      throw Failure.reading(file, problem);
    }
    throw new Failure(
        "%s is no report of a network: cnnc report net.cnn --json prints one".formatted(file));
  }

  private int folder(Terminal terminal) {
    Path root = files.getFirst();
    AccuracyTable table = accuracy.map(AccuracyTable::read).orElse(AccuracyTable.NONE);
    List<Path> members = ReportFolder.files(root);
    Optional<Function<Plan, StepTimes>> forecast =
        machine.map(profile -> plan -> Predicted.of(plan, profile, threads.count()).times());
    ReportFolder.Read read;
    try (Progress progress = new Progress(terminal)) {
      Optional<ReportTimes> times =
          measure
              ? Optional.of(new ReportTimes(threads.count(), SECONDS_OF_A_MEMBER, progress))
              : Optional.empty();
      read =
          new ReportFolder(root, members, outside, weights.chosen(), table, times, forecast)
              .read(terminal, progress);
    }
    if (read.folder().members().isEmpty()) {
      throw new Failure("%s has no network: no .cnn file below it could be read".formatted(root));
    }
    if (json) {
      print(read.folder().json(), terminal);
    } else {
      write(Page.of(read.folder()), members, terminal);
    }
    return read.complete() ? 0 : 1;
  }

  private int network(Terminal terminal) {
    Path file = files.getFirst();
    Frontend frontend = NetworkFile.frontend(file, outside);
    terminal.report(frontend.diagnostics());
    if (frontend.written().isEmpty()) {
      return 1;
    }
    List<Network> sizes = frontend.sizes();
    List<Integer> chosen = size.chosen(sizes);
    List<Report> reports;
    try (Progress progress = new Progress(terminal)) {
      progress.stage("compiling " + file);
      List<Report> all = Report.of(file, sizes, frontend.budget());
      reports = new ArrayList<>(chosen.stream().map(all::get).toList());
    }
    if (machine.isPresent()) {
      reports.replaceAll(
          report ->
              report.and(
                  Predicted.of(report.backend().plan(), machine.get(), threads.count()).times()));
    }
    if (measure) {
      StoredTensors tensors = NetworkFile.tensors(frontend, weights.chosen(), terminal);
      terminal.report(tensors.diagnostics());
      try (Progress progress = new Progress(terminal)) {
        List<StepTimes> measured =
            new ReportTimes(threads.count(), SECONDS, progress).of(sizes, chosen, tensors);
        if (measured.isEmpty()) {
          return 1;
        }
        for (int i = 0; i < reports.size(); i++) {
          // The first one is what colours begin with.
          reports.set(i, reports.get(i).behind(measured.get(i)));
        }
      }
    }
    if (json) {
      EachSize said = new EachSize(sizes, chosen);
      print(said.json(each -> ReportJson.of(reports.get(chosen.indexOf(each)))), terminal);
    } else {
      List<Path> inputs = Stream.concat(Stream.of(file), frontend.inputs().stream()).toList();
      write(Page.of(reports), inputs, terminal);
    }
    return 0;
  }

  private static void print(String text, Terminal terminal) {
    terminal.out().print(text);
    terminal.out().flush();
  }

  private void write(String page, List<Path> inputs, Terminal terminal) {
    Path written = new OutputFile(output, inputs).write(path -> Files.writeString(path, page));
    terminal.out().println(written);
    terminal.out().flush();
  }
}
