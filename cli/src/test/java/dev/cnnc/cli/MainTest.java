package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @Test
  void noCommandIsWrongUsageAndShowsThem() {
    Cnnc cnnc = Cnnc.run();
    assertThat(cnnc.status()).isEqualTo(2);
    assertThat(cnnc.out()).isEmpty();
    assertThat(cnnc.err())
        .startsWith("Usage: cnnc")
        .contains("  new ", "  check ", "  fmt ", "  inspect ", "  run ", "  compile ");
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheNearest() {
    assertThat(Cnnc.run("inspct", "x.cnn"))
        .isEqualTo(
            new Cnnc(
                2,
                "",
                """
                cnnc: there is no command inspct; there are new, check, fmt, inspect, cost, report, calibrate, run, bench, compile, export, import, verify
                Did you mean: cnnc inspect?
                Try 'cnnc --help'.
                """));
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertThat(Cnnc.run("check", "x.cnn", "--jsn"))
        .isEqualTo(
            new Cnnc(
                2,
                "",
                """
                cnnc check: Unknown option: '--jsn'
                Usage: cnnc check [OPTIONS] FILE.cnn...
                Try 'cnnc check --help'.
                """));
  }

  @Test
  void aMissingArgumentIsWrongUsage() {
    Cnnc cnnc = Cnnc.run("inspect");
    assertThat(cnnc.status()).isEqualTo(2);
    assertThat(cnnc.err()).startsWith("cnnc inspect: Missing required parameter: 'FILE.cnn'\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"new", "check", "fmt", "inspect", "cost", "calibrate", "run", "compile", "verify"})
  void everyCommandTeachesByExamples(String command) {
    Cnnc cnnc = Cnnc.run(command, "--help");
    assertThat(cnnc.status()).isZero();
    assertThat(cnnc.err()).isEmpty();
    assertThat(cnnc.out()).startsWith("Usage: cnnc " + command).contains("\n  cnnc " + command);
    assertThat(cnnc.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void aDefectIsOneSentenceAndHowToReportIt() {
    var commandLine = Main.commandLine().addSubcommand(new Defect());
    var err = new java.io.StringWriter();
    commandLine.setErr(new java.io.PrintWriter(err));
    assertThat(commandLine.execute("defect")).isEqualTo(1);
    assertThat(err)
        .hasToString(
            """
            cnnc: unexpected error: java.lang.IllegalStateException: broken
            This is a defect of cnnc: please report it with the command, the file, and what \
            --stacktrace adds.
            """);
    assertThat(commandLine.execute("defect", "--stacktrace")).isEqualTo(1);
    assertThat(err.toString()).contains("at dev.cnnc.cli.MainTest$Defect.run");
  }

  @picocli.CommandLine.Command(name = "defect")
  private static final class Defect implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("broken");
    }
  }

  /** picocli formats these texts, so a percent sign stands twice; otherwise it prints a warning. */
  @Test
  void percentSignsInHelpAreEscaped() {
    assertThat(Main.commandLine().getSubcommands().values())
        .hasSizeGreaterThan(8)
        .allSatisfy(
            command ->
                assertThat(command.getCommandSpec().usageMessage().footer())
                    .allSatisfy(line -> assertThat(line.formatted()).isNotNull()));
  }
}
