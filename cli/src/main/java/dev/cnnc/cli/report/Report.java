package dev.cnnc.cli.report;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.ir.Budget;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.load.ClassSize;
import dev.cnnc.compiler.pass.Passes;
import java.nio.file.Path;
import java.util.List;

/**
 * What a report tells about one network.
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

  /** Compiles a network; nothing is run. */
  public static Report of(Path file, Network written, Budget budget) {
    List<Passes.Step> passes = Passes.run(written.graph());
    Backend backend = Backend.of(written.with(passes.getLast().graph()), "");
    return new Report(
        file,
        written,
        budget,
        passes,
        backend,
        NetworkCost.of(written, backend.plan()),
        ClassSize.of(backend.java().sources()),
        List.of());
  }

  /** The same with these times. */
  public Report with(List<StepTimes> others) {
    return new Report(file, written, budget, passes, backend, cost, code, others);
  }
}
