package dev.cnnc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.ir.Budget;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.DiagnosticPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network above a limit of its budget does not compile. */
class BudgetTest {
  @TempDir private Path folder;

  @Test
  void theExactNumberIsWithin() throws IOException {
    NetworkCost cost = cost();
    Compilation compilation = compile(limits(cost, 0));
    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(compilation.result()).isPresent();
  }

  @Test
  void oneLessIsAnErrorOfEachLimit() throws IOException {
    Compilation compilation = compile(limits(cost(), 1));
    assertThat(compilation.result()).isEmpty();
    assertThat(compilation.diagnostics())
        .hasSize(6)
        .allSatisfy(each -> assertThat(each.code()).isEqualTo("E322"))
        .allSatisfy(each -> assertThat(each.message()).contains(": 1 more than the budget of "));
    assertThat(Compiler.checkBudget(Frontend.of(file(limits(cost(), 1)))))
        .containsExactlyElementsOf(compilation.diagnostics());
  }

  @Test
  void theHeaviestLayersAreNamed() throws IOException {
    assertThat(report("macs <= 300K; code <= 1 KiB").lines().filter(line -> line.contains("help")))
        .hasSize(2)
        .satisfies(
            helps -> {
              assertThat(helps.getFirst()).isEqualTo("   help: most MACs: c 221,184, d 81,920");
              assertThat(helps.getLast()).contains("the largest method is NKernels.");
            });
    assertThat(report("macs <= 300K"))
        .contains("net.cnn:4:10: error[E322]: macs 303,104: 3,104 more than the budget of 300,000");
  }

  @Test
  void whatCannotBeCheckedIsAnError() throws IOException {
    assertThat(report("latency <= 40 ms on \"edge.json\""))
        .contains("E225")
        .contains("latency cannot be limited: a predicted time is not exact");
    assertThat(report("mac <= 4G")).contains("budget has no mac").contains("did you mean macs?");
    assertThat(report("arena <= 8")).contains("a limit of arena is a number and one of B,");
    assertThat(report("macs <= 8 MiB")).contains("a number, and may have one of G, K, M");
    assertThat(report("macs <= 1G; macs <= 2G")).contains("budget limits macs twice");
    assertThat(report("macs <= 1G on \"x\"")).contains("macs is the same on every machine");
    assertThat(report("macs <= 2 * 3")).contains("E225");
  }

  @Test
  void unitsAreExact() throws IOException {
    assertThat(Frontend.of(file("macs <= 4.2G; arena <= 0.5 KiB; memory <= 3MB")).budget().limits())
        .extracting(Budget.Limit::most)
        .containsExactly(4_200_000_000L, 512L, 3_000_000L);
  }

  private static String limits(NetworkCost cost, int less) {
    return "macs <= %d; multiplications <= %d; parameters <= %d; weights <= %d B; arena <= %d B; memory <= %d B"
        .formatted(
            cost.macs() - less,
            cost.multiplications() - less,
            cost.parameters() - less,
            cost.weightsFile() - less,
            cost.arena() - less,
            cost.memory() - less);
  }

  private NetworkCost cost() throws IOException {
    Compilation.Result result = compile("").result().orElseThrow();
    return NetworkCost.of(result.written(), result.backend().plan());
  }

  private String report(String limits) throws IOException {
    List<Diagnostic> diagnostics = compile(limits).diagnostics();
    return diagnostics.stream().map(DiagnosticPrinter::print).collect(Collectors.joining());
  }

  private Compilation compile(String limits) throws IOException {
    return Compiler.compile(file(limits), "", Optional.empty());
  }

  private Path file(String limits) throws IOException {
    return Files.writeString(
        folder.resolve("net.cnn"),
        """
        network n
        weights synthetic
        input image [3, 32, 32]
        budget { %s }
        image -> c: conv(8, 3x3, pad: 1) -> relu -> flatten -> d: fc(10)
        """
            .formatted(limits));
  }
}
