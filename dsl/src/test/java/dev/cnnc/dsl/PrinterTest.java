package dev.cnnc.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How networks are laid out, and that trees made by programs are. */
class PrinterTest {

  private static final Span NOWHERE = Bare.NOWHERE;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ((a + (b * c)))                     | a + b * c
          (a + b) * c                         | (a + b) * c
          a - (b - c)                         | a - (b - c)
          (a - b) - c                         | a - b - c
          not (a > b)                         | not a > b
          (not a) == b                        | (not a) == b
          a and (not b)                       | a and not b
          scale( 1 / 255 , a/b )              | scale(1/255, a / b)
          (when a then b) * 3                 | (when a then b) * 3
          when a then (when b then c) else d  | when a then (when b then c) else d
          when a then (when b then c else d)  | when a then when b then c else d
          a->(b->c)->[d->e]*3                 | a -> (b -> c) -> [d -> e] * 3
          a: (b: c)                           | a: (b: c)
          f(a->b,)                            | f(a -> b)
          """)
  void writes_as_few_brackets_as_the_tree_needs(String written, String printed) {
    assertThat(format("x = " + written)).isEqualTo("x = " + printed + "\n");
  }

  @Test
  void a_chain_that_is_too_long_has_one_step_a_line() {
    assertThat(
            format(
                "x = image -> conv1: conv(64, 7x7, stride: 2, pad: 3) -> bn1: bn -> relu -> "
                    + "maxpool(3x3, stride: 2, pad: 1)"))
        .isEqualTo(
            """
            x = image
              -> conv1: conv(64, 7x7, stride: 2, pad: 3)
              -> bn1: bn
              -> relu
              -> maxpool(3x3, stride: 2, pad: 1)
            """);
  }

  @Test
  void lines_stay_where_the_author_began_them_and_arrows_stand_below_each_other() {
    assertThat(format("image ->\n conv(6, 5x5) -> tanh\n->\nfc(10) -> relu -> softmax"))
        .isEqualTo(
            """
            image
              -> conv(6, 5x5) -> tanh
              -> fc(10)       -> relu -> softmax
            """);
  }

  @Test
  void far_apart_arrows_are_not_aligned() {
    assertThat(format("image\n-> convolution(1234567, 12345678, 123456) -> tanh\n-> fc -> relu"))
        .isEqualTo(
            """
            image
              -> convolution(1234567, 12345678, 123456) -> tanh
              -> fc -> relu
            """);
  }

  @Test
  void equals_signs_of_neighbours_are_aligned() {
    assertThat(format("a = x\nlonger = y\n\nb = z\noutput a = x\noutput bcd = y"))
        .isEqualTo(
            """
            a      = x
            longer = y

            b = z
            output a   = x
            output bcd = y
            """);
  }

  @Test
  void long_lists_of_numbers_fill_lines() {
    String numbers = "123456, ".repeat(14);
    assertThat(format("labels [" + numbers + "1]"))
        .isEqualTo(
            """
            labels [123456, 123456, 123456, 123456, 123456, 123456, 123456, 123456, 123456, 123456, 123456,
                    123456, 123456, 123456, 1]
            """);
  }

  @Test
  void comments_stay_before_and_behind_what_they_are_about() {
    assertThat(
            format(
                """
                // about the network
                network n    // its name


                // about the input
                input image [3, 8, 8]//its shape
                image // start
                  // about the convolution
                  -> conv(3, // filters
                     3x3) -> relu // the end
                // last
                """))
        .isEqualTo(
            """
            // about the network
            network n // its name

            // about the input
            input image [3, 8, 8] //its shape
            image                 // start
              // about the convolution
              -> conv(
                   3, // filters
                   3x3)
              -> relu // the end
            // last
            """);
  }

  @Test
  void a_tree_made_by_a_program_has_chapters() {
    Ast.Expression relu = call("relu");
    Ast.Network network =
        new Ast.Network(
            List.of(
                new Ast.Title(name("n"), Optional.empty(), NOWHERE),
                new Ast.Use(new Ast.Text("blocks.cnn", NOWHERE), NOWHERE),
                new Ast.Input(name("image"), new Ast.Bracket(List.of(number(3)), NOWHERE), NOWHERE),
                new Ast.Exact(NOWHERE),
                new Ast.Definition(false, name("f"), List.of(), relu, NOWHERE),
                new Ast.Definition(true, name("g"), List.of(), relu, NOWHERE),
                new Ast.Value(false, name("a"), call("image"), NOWHERE),
                new Ast.Value(false, name("long"), relu, NOWHERE),
                new Ast.Pipeline(new Ast.Chain(List.of(call("a"), relu), NOWHERE), NOWHERE)),
            List.of(),
            NOWHERE);
    assertThat(Printer.print(network))
        .isEqualTo(
            """
            network n

            use "blocks.cnn"

            input image [3]
            exact

            block f() = relu

            part g() = relu

            a    = image
            long = relu

            a -> relu
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "1a", "a b", "when", "\u00E9", "a\n"})
  void refuses_names_that_no_text_can_have(String text) {
    Ast.Value value = new Ast.Value(false, name(text), call("a"), NOWHERE);
    assertThatThrownBy(() -> Printer.print(new Ast.Network(List.of(value), List.of(), NOWHERE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("this cannot be written as a name: " + text);
  }

  @Test
  void refuses_texts_that_no_quotes_can_hold() {
    assertThatThrownBy(() -> Printer.print(new Ast.Text("a\"b", NOWHERE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String format(String text) {
    Parsed parsed = Parser.parse(new Source("net.cnn", text));
    assertThat(DiagnosticPrinter.print(parsed.diagnostics())).isEmpty();
    String printed = Printer.print(parsed.network());
    assertThat(Printer.print(Parser.parse(new Source("net.cnn", printed)).network()))
        .isEqualTo(printed);
    return printed;
  }

  private static Ast.Name name(String text) {
    return new Ast.Name(text, NOWHERE);
  }

  private static Ast.Call call(String name) {
    return new Ast.Call(name(name), Optional.empty(), NOWHERE);
  }

  private static Ast.Int number(long value) {
    return new Ast.Int(value, NOWHERE);
  }
}
