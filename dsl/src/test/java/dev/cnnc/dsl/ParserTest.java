package dev.cnnc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tree of a text looks like. */
class ParserTest {

  @Test
  void a_setting_may_continue_on_the_next_line() {
    Parsed parsed = parse("preprocess {\ncrop\nn + 1; bgr\n}");
    assertThat(DiagnosticPrinter.print(parsed.diagnostics())).isEmpty();
    assertThat(Printer.print(parsed.network())).isEqualTo("preprocess {\n  crop n + 1\n  bgr\n}\n");
  }

  @Test
  void a_setting_without_a_value_keeps_its_semicolon() {
    String text = "preprocess {\n  bgr;\n  scale 1/255\n  bgr\n}\n";
    assertThat(Printer.print(parse(text.replace("255\n", "255; ")).network())).isEqualTo(text);
    assertThat(Printer.print(parse("preprocess { bgr; scale 1 bgr; }").network()))
        .isEqualTo("preprocess { bgr; scale 1; bgr }\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -a * b             | ((-a) * b)
          a - b - c          | ((a - b) - c)
          a + b * c % d      | (a + ((b * c) % d))
          a + b < c * d      | ((a + b) < (c * d))
          not a > b          | (not (a > b))
          not not a          | (not (not a))
          a or b and not c   | (a or (b and (not c)))
          a and b or c       | ((a and b) or c)
          a == b != c        | ((a == b) != c)
          - -a               | (-(-a))
          (a + b) * c        | ((a + b) * c)
          """)
  void operators_bind_as_in_mathematics(String text, String grouped) {
    assertThat(brackets(expression(text))).isEqualTo(grouped);
  }

  @Test
  void a_label_takes_one_step_with_its_repetition() {
    Ast.Chain chain = (Ast.Chain) expression("a: b * 3 -> c");
    assertThat(chain.steps()).hasSize(2);
    Ast.Labelled labelled = (Ast.Labelled) chain.steps().getFirst();
    assertThat(labelled.step()).isInstanceOf(Ast.Binary.class);
  }

  @Test
  void named_arguments_and_labelled_branches_look_the_same() {
    Ast.Call call = (Ast.Call) expression("conv(6, 5x5, pad: 2, left: [a -> b])");
    List<Ast.Expression> arguments = call.arguments().orElseThrow();
    assertThat(arguments.get(0)).isInstanceOf(Ast.Int.class);
    assertThat(arguments.get(1)).isInstanceOf(Ast.Size.class);
    assertThat(arguments.get(2)).isInstanceOf(Ast.Labelled.class);
    assertThat(arguments.get(3)).isInstanceOf(Ast.Labelled.class);
  }

  @Test
  void a_call_without_brackets_has_no_list_and_one_with_brackets_an_empty_one() {
    assertThat(((Ast.Call) expression("relu")).arguments()).isEmpty();
    assertThat(((Ast.Call) expression("relu()")).arguments()).contains(List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network",
        "use",
        "input",
        "weights",
        "labels",
        "preprocess",
        "detect",
        "read",
        "budget",
        "exact",
        "block",
        "part",
        "output",
        "when",
        "then",
        "else",
        "and",
        "or",
        "not",
        "word",
        "2"
      })
  void every_word_and_number_can_be_a_label(String word) {
    String text =
        "x = a -> %s: b -> f(%s: c, [%s{index}%s: d, %s-{index}: e])"
            .formatted(word, word, word, word, word);
    Parsed parsed = parse(text + "\n" + text.replace("x =", "x -> y ->"));
    assertThat(DiagnosticPrinter.print(parsed.diagnostics())).isEmpty();
    assertThat(parsed.network().statements()).hasSize(2);
  }

  @Test
  void the_value_of_a_setting_may_begin_its_line_with_a_sum() {
    assertThat(DiagnosticPrinter.print(parse("preprocess { scale\na + 1 }").diagnostics()))
        .isEmpty();
  }

  @Test
  void a_label_has_fixed_and_computed_parts_in_turn() {
    Ast.Labelled labelled = (Ast.Labelled) expression("a{index + 1}1b{2}: conv");
    assertThat(labelled.label().quoted()).isFalse();
    assertThat(labelled.label().parts()).hasSize(4);
    assertThat(labelled.label().parts().get(2)).isEqualTo(new Ast.LabelPart.Fixed("1b"));
  }

  @Test
  void a_label_with_braces_may_have_dashes() {
    Ast.Labelled labelled = (Ast.Labelled) expression("block-{index}-a: conv");
    assertThat(labelled.label().parts())
        .startsWith(new Ast.LabelPart.Fixed("block-"))
        .endsWith(new Ast.LabelPart.Fixed("-a"))
        .hasSize(3);
  }

  @Test
  void a_quoted_label_is_taken_as_it_is() {
    Ast.Labelled labelled = (Ast.Labelled) expression("\"layer1.{0}.conv\": conv");
    assertThat(labelled.label().quoted()).isTrue();
    assertThat(labelled.label().parts())
        .containsExactly(new Ast.LabelPart.Fixed("layer1.{0}.conv"));
  }

  @Test
  void an_else_belongs_to_the_nearest_when() {
    Ast.Choice outer = (Ast.Choice) expression("when a then when b then c else d");
    assertThat(outer.otherwise()).isEmpty();
    assertThat(((Ast.Choice) outer.then()).otherwise()).isPresent();
  }

  @Test
  void a_budget_limits_weights() {
    for (String text :
        List.of(
            "budget { weights <= 1 MiB; macs <= 2 }", "budget { macs <= 2 weights <= 1 MiB }")) {
      Ast.Budget budget = (Ast.Budget) statement(text);
      assertThat(budget.limits())
          .extracting(limit -> limit.name().text())
          .containsExactlyInAnyOrder("macs", "weights");
    }
  }

  @Test
  void a_budget_may_glue_its_unit_and_name_a_profile() {
    Ast.Budget budget =
        (Ast.Budget)
            statement("budget { macs <= 4.2G; arena <= 8 MiB latency <= 40 ms on \"edge.json\" }");
    assertThat(budget.limits())
        .extracting(limit -> limit.name().text())
        .containsExactly("macs", "arena", "latency");
    assertThat(budget.limits())
        .extracting(limit -> limit.unit().orElseThrow().text())
        .containsExactly("G", "MiB", "ms");
    assertThat(budget.limits().getLast().profile().orElseThrow().text()).isEqualTo("edge.json");
  }

  @Test
  void weights_come_from_a_file_or_a_word() {
    Ast.Weights file = (Ast.Weights) statement("weights \"a.safetensors\" as bf16");
    assertThat(file.origin()).isInstanceOf(Ast.Text.class);
    assertThat(file.storage().orElseThrow().text()).isEqualTo("bf16");
    Ast.Weights synthetic = (Ast.Weights) statement("weights synthetic");
    assertThat(synthetic.origin()).isInstanceOf(Ast.Call.class);
    assertThat(synthetic.storage()).isEmpty();
  }

  @Test
  void newlines_mean_nothing() {
    String spread = "block f(a)\n=\na\n->\nb\nx\n=\na\n->\nb\noutput\ny = x exact x\n-> f\n(\n3\n)";
    Parsed parsed = parse(spread);
    assertThat(DiagnosticPrinter.print(parsed.diagnostics())).isEmpty();
    assertThat(parsed.network().statements()).hasSize(5);
    Parsed joined = parse(spread.replace('\n', ' '));
    assertThat(Bare.of(joined.network())).isEqualTo(Bare.of(parsed.network()));
  }

  @Test
  void every_node_points_at_its_characters() {
    String text = "// é \uD83D\uDE00\nx = a -> conv1: conv(6, 5x5)\n";
    Ast.Value value = (Ast.Value) parse(text).network().statements().getFirst();
    Ast.Chain chain = (Ast.Chain) value.body();
    assertThat(value.span().text()).isEqualTo("x = a -> conv1: conv(6, 5x5)");
    assertThat(chain.steps().getLast().span().text()).isEqualTo("conv1: conv(6, 5x5)");
    assertThat(chain.steps().getLast().span()).hasToString("net.cnn:2:10");
  }

  @Test
  void comments_stand_beside_the_tree_in_the_order_of_the_text() {
    Ast.Network network = parse("// a \nx = b // c\n  -> d\r\n//e").network();
    assertThat(network.comments())
        .extracting(Ast.Comment::text)
        .containsExactly("// a", "// c", "//e");
  }

  @Test
  void a_byte_order_mark_is_a_space() {
    assertThat(parse("\uFEFFnetwork a").diagnostics()).isEmpty();
  }

  @Test
  void good_statements_are_there_even_when_others_are_not() {
    Parsed parsed =
        parse("network n\nblock f(a) = conv(\nx = y -> -> z\noutput o = 3 4\nimage -> relu\n");
    assertThat(parsed.complete()).isFalse();
    assertThat(parsed.network().statements())
        .hasExactlyElementsOfTypes(Ast.Title.class, Ast.Pipeline.class);
    assertThat(parsed.damaged()).extracting(Ast.Name::text).containsExactly("f", "x", "o");
    assertThat(parsed.diagnostics()).hasSize(3);
  }

  private static Parsed parse(String text) {
    return Parser.parse(new Source("net.cnn", text));
  }

  private static Ast.Statement statement(String text) {
    Parsed parsed = parse(text);
    assertThat(DiagnosticPrinter.print(parsed.diagnostics())).isEmpty();
    return parsed.network().statements().getFirst();
  }

  private static Ast.Expression expression(String text) {
    return ((Ast.Value) statement("x = " + text)).body();
  }

  private static String brackets(Ast.Expression expression) {
    return switch (expression) {
      case Ast.Unary unary ->
          "(%s%s)".formatted(unary.operator().replace("not", "not "), brackets(unary.operand()));
      case Ast.Binary binary ->
          "(%s %s %s)"
              .formatted(brackets(binary.left()), binary.operator(), brackets(binary.right()));
      default -> Printer.print(expression);
    };
  }
}
