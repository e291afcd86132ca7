package dev.cnnc.cli.report;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.ir.Budget;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.load.ClassSize;
import dev.cnnc.compiler.pass.Passes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a report tells about one network, at one size of its input.
 *
 * @param file the {@code .cnn} file
 * @param written the network before any pass
 * @param times of the steps, one entry for each way to know them: none, measured, or predicted
 */
public record Report(
    Path file,
    Network written,
    Budget budget,
    List<Passes.Step> passes,
    Backend backend,
    NetworkCost cost,
    ClassSize code,
    List<StepTimes> times) {

  public Report {
    passes = List.copyOf(passes);
    times = List.copyOf(times);
  }

  /** Compiles a network, and tells of each size of its input; nothing is run. */
  public static List<Report> of(Path file, List<Network> sizes, Budget budget) {
    List<List<Passes.Step>> passes = sizes.stream().map(each -> Passes.run(each.graph())).toList();
    List<Network> improved = new ArrayList<>();
    for (int size = 0; size < sizes.size(); size++) {
      improved.add(sizes.get(size).with(passes.get(size).getLast().graph()));
    }
    Backend all = Backend.of(improved, "");
    ClassSize code = ClassSize.of(all.java().sources());
    List<Report> reports = new ArrayList<>();
    for (int size = 0; size < sizes.size(); size++) {
      Network written = sizes.get(size);
      Backend backend = all.at(size);
      NetworkCost cost = NetworkCost.of(written, backend.plan());
      reports.add(
          new Report(file, written, budget, passes.get(size), backend, cost, code, List.of()));
    }
    return reports;
  }

  /** The same with these times too. */
  public Report and(StepTimes more) {
    return with(Stream.concat(times.stream(), Stream.of(more)));
  }

  /** The same with these times before the others. */
  public Report behind(StepTimes first) {
    return with(Stream.concat(Stream.of(first), times.stream()));
  }

  private Report with(Stream<StepTimes> all) {
    return new Report(file, written, budget, passes, backend, cost, code, all.toList());
  }
}
