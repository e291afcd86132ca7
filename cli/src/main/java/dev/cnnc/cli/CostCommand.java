package dev.cnnc.cli;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.cost.Ledger;
import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.load.ClassSize;
import dev.cnnc.compiler.plan.PackedAgain;
import dev.cnnc.compiler.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc cost}: what the compiled network takes, step by step. */
@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Shows what the compiled network costs: memory, weights, code, step by step.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc cost net.cnn",
      "  cnnc cost net.cnn --json",
      "  cnnc cost net.cnn --write",
      "  cnnc cost net.cnn --on edge.profile.json",
      "",
      "All numbers are exact, and those of the plan that is emitted. A file of weights",
      "is not needed. Each line is a step, one call of a kernel:",
      "  MACs        multiply-accumulates of the layer, as it is after the passes",
      "  multiplied  multiply-adds that the kernel does for it: fewer by Winograd,",
      "              more where outputs do not fill the last vector",
      "  weights     bytes of packed weights that the step reads",
      "  read        bytes of activations that it reads, each once",
      "  written     bytes of activations that it writes, each once",
      "  alive       bytes of the arena that are needed at this moment",
      "A layer that a conv applies, such as bn or relu, has no line of its own. The",
      "memory of an instance is its arena, its packed weights and the scratch of its",
      "threads; forks share the weights. The class is compiled to measure its size,",
      "kernels for all widths of vectors included. The JIT compiles no method of more",
      "than 8,000 bytes of bytecode. Compare with cnnc inspect, which shows the layers",
      "as written, and with cnnc bench --profile, which shows the time of each step.",
      "Commit the ledger: a review then shows what a change to the network costs, and",
      "the Maven goal fails when it is not up to date, with the property cnnc.ledger=check.",
      "With a profile there is a column for the predicted time of each step, warmed up and",
      "undisturbed; ? marks steps of a kind that the calibration has not seen.",
      "docs/cost.md tells more."
    })
final class CostCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.cnn", description = "The network.")
  private Path file;

  @Mixin private OutsideOption outside;

  @Mixin private SizeOption size;

  @Option(names = "--json", description = "Print JSON, sizes in bytes.")
  private boolean json;

  @Option(
      names = "--on",
      paramLabel = "PROFILE",
      description = "Predict the time on the machine of a profile of cnnc calibrate.")
  private Optional<Path> profile = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Predict a run with N threads, for which the machine was calibrated.")
  private int threads;

  @Option(
      names = "--write",
      description = "Write the ledger NAME.cost beside the file, and print nothing else.")
  private boolean write;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    if (threads != 1 && profile.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--threads is for the prediction: name a profile with --on");
    }
    List<Network> sizes = NetworkFile.read(file, outside, terminal);
    if (sizes.isEmpty()) {
      return 1;
    }
    Backend backend = NetworkFile.backend(sizes);
    if (write) {
      Ledger ledger = Ledger.of(file, sizes, backend.plans());
      write(ledger);
      terminal.out().println(ledger.file());
      terminal.out().flush();
      return 0;
    }
    ClassSize code = code(backend, terminal);
    EachSize said = new EachSize(sizes, size.chosen(sizes));
    IntFunction<String> one =
        each ->
            cost(
                sizes.get(each),
                backend.plans().get(each),
                code,
                PackedAgain.of(backend.plans(), each),
                terminal);
    terminal.out().print(json ? said.json(one) : said.text(one));
    terminal.out().flush();
    return 0;
  }

  private String cost(
      Network network, Plan plan, ClassSize code, List<PackedAgain> again, Terminal terminal) {
    NetworkCost cost = NetworkCost.of(network, plan);
    Optional<Predicted> predicted = profile.map(machine -> Predicted.of(plan, machine, threads));
    predicted.ifPresent(time -> time.warn(profile.get(), terminal));
    return json
        ? CostJson.of(cost, code, again, predicted)
        : CostText.of(cost, code, again, predicted);
  }

  private static void write(Ledger ledger) {
    try {
      ledger.write();
    } catch (IOException problem) {
      throw Failure.writing(ledger.file(), problem);
    }
  }

  private static ClassSize code(Backend backend, Terminal terminal) {
    try (Progress progress = new Progress(terminal)) {
      progress.stage("compiling the class");
      return ClassSize.of(backend.java().sources());
    }
  }
}
