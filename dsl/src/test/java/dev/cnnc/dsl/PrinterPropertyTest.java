package dev.cnnc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the tree and however its text is laid out, nothing of it is lost by printing. */
class PrinterPropertyTest {

  private static final int TREES_EACH = 100;

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void what_is_printed_parses_to_the_same_tree_and_prints_as_itself(long seed) {
    for (long i = 0; i < TREES_EACH; i++) {
      Ast.Network tree = new RandomTree(seed * TREES_EACH + i).network();
      String text = Printer.print(tree);
      Parsed parsed = Parser.parse(new Source("random.cnn", text));
      assertThat(DiagnosticPrinter.print(parsed.diagnostics())).as(text).isEmpty();
      assertThat(Bare.of(parsed.network())).as(text).isEqualTo(tree);
      assertThat(Printer.print(parsed.network())).isEqualTo(text);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void however_a_text_is_laid_out_printing_keeps_its_tree_and_its_comments(long seed) {
    for (long i = 0; i < TREES_EACH; i++) {
      long one = seed * TREES_EACH + i;
      String text = scatter(Printer.print(new RandomTree(one).network()), one);
      Parsed parsed = Parser.parse(new Source("random.cnn", text));
      assertThat(DiagnosticPrinter.print(parsed.diagnostics())).as(text).isEmpty();
      String printed = Printer.print(parsed.network());
      Parsed again = Parser.parse(new Source("random.cnn", printed));
      assertThat(Bare.of(again.network())).as(text).isEqualTo(Bare.of(parsed.network()));
      assertThat(comments(again)).as(text).isEqualTo(comments(parsed));
      assertThat(Printer.print(again.network())).as(text).isEqualTo(printed);
    }
  }

  /** Line breaks, empty lines and comments wherever the text has a space or a bracket. */
  private static String scatter(String text, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int density = random.nextInt(1, 20);
    StringBuilder out = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      boolean gap = !quoted && (c == ' ' || c == '\n' || c == '(' || c == '[' || c == ',');
      out.append(c);
      if (gap && random.nextInt(density) == 0) {
        switch (random.nextInt(5)) {
          case 0 -> out.append("// comment ").append(i).append('\n');
          case 1 -> out.append("\n   // alone ").append(i).append('\n');
          case 2 -> out.append("\n\n");
          default -> out.append("\n  ");
        }
      }
    }
    return out.toString();
  }

  private static List<String> comments(Parsed parsed) {
    return parsed.network().comments().stream().map(Ast.Comment::text).toList();
  }
}
