package dev.cnnc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.ir.Budget;
import dev.cnnc.compiler.predict.HandmadeProfile;
import dev.cnnc.compiler.predict.ThisCompiler;
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
    assertThat(report("latency <= 40 ms"))
        .contains("E225")
        .contains("latency belongs to a machine, and the limit names none");
    assertThat(report("latency <= 40 on \"edge.json\""))
        .contains("a limit of latency is a number and one of ms, s, us");
    assertThat(report("latency <= 1 ms on \"a\"; latency <= 2 ms on \"a\""))
        .contains("budget limits latency twice");
    assertThat(report("mac <= 4G")).contains("budget has no mac").contains("did you mean macs?");
    assertThat(report("arena <= 8")).contains("a limit of arena is a number and one of B,");
    assertThat(report("macs <= 8 MiB")).contains("a number, and may have one of G, K, M");
    assertThat(report("macs <= 1G; macs <= 2G")).contains("budget limits macs twice");
    assertThat(report("macs <= 1G on \"x\"")).contains("macs is the same on every machine");
    assertThat(report("macs <= 2 * 3")).contains("E225");
  }

  @Test
  void aPredictedTimeIsLimited() throws IOException {
    HandmadeProfile.write(folder.resolve("edge.json"), ThisCompiler.version());
    assertThat(report("latency <= 4 ms on \"edge.json\"")).isEmpty();
    String limit = "latency <= 3999.9us on \"edge.json\"";
    assertThat(report(limit))
        .isEqualTo(
            """
            %s:4:10: error[E322]: latency 4.000 ms: 0.000 more than the budget of 4.000, predicted for a slow CPU
                4 | budget { latency <= 3999.9us on "edge.json" }
                  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               help: most microseconds: image 1,000.0, c 1,000.0, d 1,000.0; steps of the calibration were off by 5.0 %% on average
            """
                .formatted(folder.resolve("net.cnn")));
    assertThat(Compiler.checkBudget(Frontend.of(file(limit))))
        .containsExactlyElementsOf(compile(limit).diagnostics());
    assertThat(Frontend.of(file(limit)).inputs()).containsExactly(folder.resolve("edge.json"));
  }

  @Test
  void eachOfTwoMachinesHasItsLimit() throws IOException {
    HandmadeProfile.write(folder.resolve("a.json"), ThisCompiler.version());
    HandmadeProfile.write(folder.resolve("b.json"), ThisCompiler.version());
    assertThat(
            compile("latency <= 5 ms on \"a.json\"; latency <= 1 ms on \"b.json\"").diagnostics())
        .singleElement()
        .satisfies(
            error -> assertThat(error.message()).contains("3.000 more than the budget of 1.000"));
  }

  @Test
  void aProfileThatDoesNotFitIsAnErrorWithACure() throws IOException {
    String limit = "latency <= 40 ms on \"edge.json\"";
    Path profile = folder.resolve("edge.json");
    assertThat(report(limit))
        .contains("net.cnn:4:30: error[E324]: cannot read %s: it does not exist".formatted(profile))
        .contains(
            "help: make it with cnnc calibrate -o edge.json on the machine that it stands for");
    Files.writeString(profile, "{}");
    assertThat(report(limit))
        .contains("E324", "is no profile of cnnc calibrate", "help: make one with cnnc calibrate");
    HandmadeProfile.write(profile, "0.1");
    assertThat(report(limit))
        .contains("E324", "it was made by cnnc 0.1, and this is cnnc ")
        .contains("help: run cnnc calibrate again on that machine");
    assertThat(compile(limit).result()).isEmpty();
  }

  @Test
  void profilesOutsideOfTheProjectAreNotRead() throws IOException {
    assertThat(report("latency <= 40 ms on \"/etc/passwd\""))
        .contains("E223", "this file lies outside of the project")
        .doesNotContain("E324");
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
