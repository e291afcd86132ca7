package dev.cnnc.compiler.cost;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.plan.PackedAgain;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.StepCost;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Diagnostic.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cost of a network as a text file beside it, made to be committed: a review then shows what a
 * change costs. The same on every machine, so it says nothing that depends on javac.
 *
 * @param file where it lies
 * @param text what it must say
 */
public record Ledger(Path file, String text) {
  private static final String ENDING = ".cost";
  private static final int MOST_LINES = 40;

  /**
   * The ledger of {@code network}, a {@code .cnn} file.
   *
   * @param sizes the network before any pass, for each size of its input
   * @param plans of the sizes
   */
  public static Ledger of(Path network, List<Network> sizes, List<Plan> plans) {
    StringBuilder out = new StringBuilder();
    out.append("# What ")
        .append(sizes.getFirst().graph().name())
        .append(" costs, by cnnc cost --write; in bytes\n");
    for (int size = 0; size < sizes.size(); size++) {
      if (sizes.size() > 1) {
        Shape input = sizes.get(size).graph().node(0).shape();
        out.append("# input %s %s %s\n".formatted(input.channels(), input.height(), input.width()));
      }
      write(out, NetworkCost.of(sizes.get(size), plans.get(size)), PackedAgain.of(plans, size));
    }
    return new Ledger(fileOf(network), out.toString());
  }

  /** Where the ledger of a {@code .cnn} file lies. */
  public static Path fileOf(Path network) {
    String name = String.valueOf(network.getFileName());
    int end = name.endsWith(".cnn") ? name.length() - ".cnn".length() : name.length();
    return network.resolveSibling(name.substring(0, end) + ENDING);
  }

  /** Writes it; an equal file is not touched. */
  public void write() throws IOException {
    if (!Files.isRegularFile(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }

  /**
   * An error with the difference if the file says anything else, or is missing.
   *
   * @param cure how to accept the new numbers
   */
  public Optional<Diagnostic> check(String cure) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.of(error("there is no ledger " + file, List.of(), cure));
    }
    List<String> before = Files.readString(file).lines().toList();
    List<String> after = text.lines().toList();
    return before.equals(after)
        ? Optional.empty()
        : Optional.of(
            error(
                "the network does not cost what %s says".formatted(file),
                difference(before, after),
                cure));
  }

  private static Diagnostic error(String message, List<String> difference, String cure) {
    return new Diagnostic(
        "E323", Severity.ERROR, Optional.empty(), message, difference, Optional.of(cure));
  }

  private static void write(StringBuilder out, NetworkCost cost, List<PackedAgain> again) {
    line(out, "parameters", cost.parameters());
    line(out, "macs", cost.macs());
    line(out, "multiplications", cost.multiplications());
    line(out, "steps", cost.steps().size());
    line(out, "weights-file", cost.weightsFile());
    line(out, "packed-weights", cost.packedWeights());
    for (PackedAgain each : again) {
      line(out, "packed-again " + each.layer(), each.bytes());
    }
    line(out, "activations-read", cost.read());
    line(out, "activations-written", cost.written());
    line(out, "arena", cost.arena());
    line(out, "arena-lower-bound", cost.arenaLowerBound());
    line(out, "scratch", cost.scratch());
    line(out, "memory", cost.memory());
    line(out, "memory-of-thread", cost.memoryOfThread());
    out.append("# layer kernel macs multiplications weights read written alive scratch\n");
    for (StepCost step : cost.steps()) {
      // No columns: a longer name in one line must not change the others.
      out.append(
          "%s %s %s %s %s %s %s %s %s\n"
              .formatted(
                  step.step().node().name(),
                  step.step().kernel().getClass().getSimpleName(),
                  step.macs(),
                  step.multiplications(),
                  step.weights() * Float.BYTES,
                  step.read() * Float.BYTES,
                  step.written() * Float.BYTES,
                  step.alive() * Float.BYTES,
                  step.scratch() * Float.BYTES));
    }
  }

  private static void line(StringBuilder out, String name, long value) {
    out.append(name).append(' ').append(value).append('\n');
  }

  /** Lines that went, with a minus, and lines that came, with a plus, in their order. */
  static List<String> difference(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        i++;
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + before.get(i++));
      } else {
        lines.add("+ " + after.get(j++));
      }
    }
    if (lines.size() > MOST_LINES) {
      int left = lines.size() - MOST_LINES;
      lines.subList(MOST_LINES, lines.size()).clear();
      lines.add("... %s lines more".formatted(left));
    }
    return lines;
  }
}
