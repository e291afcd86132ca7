package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc inspect}: the table of layers, and the costs of the plan. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "Shows every layer of a network with its cost, and the cost of the whole network.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cnnc inspect net.cnn",
      "  cnnc inspect net.cnn --json",
      "  cnnc inspect net.cnn --tensors",
      "",
      "Weights are not needed. Parameters and MACs (multiply-accumulates of conv, fc",
      "and attention) are those of the network as written, without running statistics",
      "of batch norms. The lines below the table tell of the class that is emitted: the",
      "arena holds all its activations, the lower bound is what is alive at once.",
      "The last table tells what each pass took away, in layers, numbers to learn and",
      "to multiply, and bytes of values that are not written; and what the plan puts",
      "in place: parts of a concat and slices that are an address and no copy, scales",
      "and gates (mul) that a conv applies as it reads. What a pass declined, and why,",
      "is shown by cnnc compile --explain."
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE.cnn", description = "The network.")
  private Path file;

  @Mixin private OutsideOption outside;

  @Mixin private SizeOption size;

  @Option(names = "--json", description = "Print JSON, sizes in bytes.")
  private boolean json;

  @Option(
      names = "--tensors",
      description = "List the tensors that a file of weights must hold, and nothing else.")
  private boolean tensors;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec.commandLine());
    List<Network> sizes = NetworkFile.read(file, outside, terminal);
    if (sizes.isEmpty()) {
      return 1;
    }
    terminal.out().print(tensors ? tensors(sizes.getFirst()) : inspections(sizes));
    terminal.out().flush();
    return 0;
  }

  private String tensors(Network network) {
    return json ? TensorList.json(network) : TensorList.text(network);
  }

  private String inspections(List<Network> sizes) {
    List<Inspection> all = Inspection.of(sizes);
    EachSize said = new EachSize(sizes, size.chosen(sizes));
    return json
        ? said.json(each -> InspectionJson.of(all.get(each)))
        : said.text(each -> InspectionText.of(all.get(each)));
  }
}
