package dev.cnnc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts made to overflow a stack, a heap or the patience of a reader. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HostileTextTest {

  private static final int MANY = 100_000;

  /**
   * A text may take this many times the processor's time of a harmless text of a million
   * characters, measured on the same machine; none takes half of it today.
   */
  private static final int PATIENCE = 4;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Nanoseconds of this thread, which busy neighbours do not lengthen. */
  private static long harmless;

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("unclosed brackets", "x = " + "(".repeat(MANY), 1),
        Arguments.of("brackets", "x = " + "[".repeat(MANY) + "a" + "]".repeat(MANY), 1),
        Arguments.of("braces", "x = a" + "{a".repeat(MANY) + "}".repeat(MANY) + ": b", 1),
        Arguments.of("signs", "x = " + "-".repeat(MANY) + "1", 1),
        Arguments.of("nots", "x = " + "not ".repeat(MANY) + "a", 1),
        Arguments.of("sums", "x = a" + " + a".repeat(MANY), 1),
        Arguments.of("steps", "x = a" + " -> a".repeat(MANY), 0),
        Arguments.of("arguments", "x = f(" + "a, ".repeat(MANY) + ")", 0),
        Arguments.of("labels", "x = " + "a: ".repeat(MANY) + "b", 1),
        Arguments.of("label parts", "x = a" + "{a}".repeat(MANY / 2) + ": b", 0),
        Arguments.of("whens", "x = " + "when a then ".repeat(MANY) + "b", 1),
        Arguments.of("elses", "x = " + "when a then b else ".repeat(MANY) + "b", 1),
        Arguments.of("statements", "x = a\n".repeat(MANY), 0),
        Arguments.of("bad statements", "x = = a\n".repeat(MANY), 101),
        Arguments.of("keywords before braces", "exact{}{}".repeat(MANY), 101),
        Arguments.of("open keywords", "exact{".repeat(MANY), 1),
        Arguments.of("a number", "x = " + "9".repeat(1 << 20), 1),
        Arguments.of("a text", "x = \"" + "9".repeat(1 << 20), 1),
        Arguments.of("empty lines", "\n".repeat(1 << 20), 1),
        Arguments.of("ASCII noise", noise(' ', 127), 2),
        Arguments.of("other noise", noise(0x100, 0x2000), 1),
        Arguments.of("binary noise", noise(0, 256), 1));
  }

  @BeforeAll
  static void warm() {
    String text = "x = a -> b\n".repeat(100_000);
    Parser.parse(new Source("warm.cnn", text));
    long start = THREADS.getCurrentThreadCpuTime();
    Parser.parse(new Source("warm.cnn", text));
    harmless = THREADS.getCurrentThreadCpuTime() - start;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void ends_soon_with_a_tree_or_errors(String name, String text, int errors) {
    long start = THREADS.getCurrentThreadCpuTime();
    Parsed parsed = Parser.parse(new Source("net.cnn", text));
    String printed = DiagnosticPrinter.print(parsed.diagnostics());
    long time = THREADS.getCurrentThreadCpuTime() - start;
    assertThat(parsed.diagnostics()).as(name).hasSize(errors);
    assertThat(printed).hasSizeLessThan(50_000);
    assertThat(time).as(name).isLessThan(PATIENCE * harmless);
  }

  @Test
  void the_deepest_allowed_tree_needs_little_stack() throws InterruptedException {
    String brackets =
        "[".repeat(100) + "- ".repeat(Screening.MOST_OPERATORS) + "a" + "]".repeat(100);
    String deepest = "x = " + "(f(".repeat(50) + brackets + "))".repeat(50);
    StringBuilder found = new StringBuilder();
    Runnable work =
        () -> {
          Parsed parsed = Parser.parse(new Source("net.cnn", deepest));
          found.append(DiagnosticPrinter.print(parsed.diagnostics()));
          String printed = Printer.print(parsed.network());
          Parsed again = Parser.parse(new Source("net.cnn", printed));
          found.append(Printer.print(again.network()).equals(printed) ? "same" : "other");
        };
    Thread thread = new Thread(null, work, "small stack", 512 << 10);
    thread.start();
    thread.join();
    assertThat(found).hasToString("same");
  }

  private static String noise(int from, int to) {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1 << 20; i++) {
      text.append((char) random.nextInt(from, to));
    }
    return text.toString();
  }
}
