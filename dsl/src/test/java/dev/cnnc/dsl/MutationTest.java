package dev.cnnc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken files of every kind: parsing ends, blames one statement at a time, and never throws. */
class MutationTest {

  private static final int TEXTS_EACH = 100;
  private static final List<String> PIECES =
      List.of(
          "->",
          "=",
          ":",
          ",",
          ";",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "*",
          "-",
          "<=",
          "\"",
          "//",
          "\n",
          "when ",
          "then ",
          "else ",
          "not ",
          "and ",
          "block ",
          "output ",
          "x = ",
          "3x3",
          " 3 x 3 ",
          "64k",
          "1e999",
          "99999999999999999999",
          "\t",
          "é",
          "\uD83D",
          "#",
          ".",
          "\u0000");

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_broken_file_gives_a_tree_and_its_errors(long seed) {
    List<String> samples =
        SamplesTest.samples().map(sample -> Golden.read("samples/" + sample)).toList();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TEXTS_EACH; i++) {
      String text = mutate(samples.get(random.nextInt(samples.size())), random);
      Parsed parsed = Parser.parse(new Source("broken.cnn", text));
      List<Ast.Statement> statements = parsed.network().statements();
      assertThat(statements.size() + parsed.diagnostics().size()).as(text).isPositive();
      assertThat(DiagnosticPrinter.sorted(parsed.diagnostics()))
          .as(text)
          .isEqualTo(parsed.diagnostics());
      assertThat(DiagnosticPrinter.print(parsed.diagnostics())).doesNotContain("something else");
      String printed = Printer.print(parsed.network());
      Parsed again = Parser.parse(new Source("broken.cnn", printed));
      assertThat(Bare.of(again.network())).as(text).isEqualTo(Bare.of(parsed.network()));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noise_gives_errors(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size() - 1))).append(' ');
    }
    Parsed parsed = Parser.parse(new Source("noise.cnn", text.toString()));
    assertThat(parsed.diagnostics()).as(text.toString()).isNotEmpty();
    assertThat(DiagnosticPrinter.print(parsed.diagnostics())).isNotEmpty();
  }

  private static String mutate(String sample, SplittableRandom random) {
    StringBuilder text = new StringBuilder(sample);
    int mutations = random.nextInt(1, 6);
    for (int i = 0; i < mutations; i++) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(1, 12));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
        case 3 -> text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
        default -> text.setLength(Math.max(1, from));
      }
    }
    return text.toString();
  }
}
