package dev.cnnc.cli;

import dev.cnnc.cli.report.Folder;
import dev.cnnc.cli.report.StepTimes;
import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.StoredTensors;
import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The networks of a folder. Files that only have blocks are left out, and so are those with errors,
 * which are printed.
 *
 * @param files all {@code .cnn} files below the folder
 * @param times how to measure, if wanted
 * @param forecast how to predict, if wanted; what is measured counts more
 */
record ReportFolder(
    Path root,
    List<Path> files,
    OutsideOption outside,
    Optional<Network.Weights> weights,
    AccuracyTable accuracies,
    Optional<ReportTimes> times,
    Optional<Function<Plan, StepTimes>> forecast) {

  /** All files below a folder, in the order of their names. */
  static List<Path> files(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> file.toString().endsWith(".cnn")).sorted().toList();
    } catch (IOException problem) {
      throw Failure.reading(root, problem);
    }
  }

  /** What could be read; fewer members than files without errors if something is wrong. */
  record Read(Folder folder, boolean complete) {}

  Read read(Terminal terminal, Progress progress) {
    List<Folder.Member> members = new ArrayList<>();
    boolean complete = true;
    for (int index = 0; index < files.size(); index++) {
      progress.stage("reading networks, %s of %s".formatted(index + 1, files.size()));
      Frontend frontend = NetworkFile.frontend(files.get(index), outside);
      if (frontend.library().isPresent()) {
        continue;
      }
      boolean wrong = terminal.report(frontend.diagnostics());
      complete &= !wrong;
      if (!wrong) {
        members.addAll(members(files.get(index), frontend, terminal));
      }
    }
    String name = String.valueOf(root.toAbsolutePath().normalize().getFileName());
    return new Read(new Folder(name, members, accuracies.name()), complete);
  }

  /** One for each size of the input. */
  private List<Folder.Member> members(Path file, Frontend frontend, Terminal terminal) {
    List<Network> sizes = frontend.sizes();
    List<Plan> plans = Planner.plans(NetworkFile.improved(sizes));
    List<Double> nanoseconds = nanoseconds(frontend, plans, terminal);
    List<Folder.Member> members = new ArrayList<>();
    for (int size = 0; size < sizes.size(); size++) {
      Network written = sizes.get(size);
      NetworkCost cost = NetworkCost.of(written, plans.get(size));
      Double accuracy = accuracies.byNetwork().get(cost.network());
      members.add(
          new Folder.Member(
              root.relativize(file),
              sizes.size() == 1 ? "" : SizeOption.written(written),
              written.description(),
              cost,
              accuracy == null ? OptionalDouble.empty() : OptionalDouble.of(accuracy),
              nanoseconds.isEmpty()
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(nanoseconds.get(size))));
    }
    return members;
  }

  /** Of a run of each size; empty if nobody knows. */
  private List<Double> nanoseconds(Frontend frontend, List<Plan> plans, Terminal terminal) {
    if (times.isEmpty()) {
      return forecast.stream()
          .flatMap(predict -> plans.stream().map(predict))
          .map(StepTimes::whole)
          .toList();
    }
    StoredTensors tensors = StoredTensors.open(frontend, weights);
    terminal.report(tensors.diagnostics());
    List<Integer> all = IntStream.range(0, plans.size()).boxed().toList();
    return times.get().of(frontend.sizes(), all, tensors).stream().map(StepTimes::whole).toList();
  }
}
