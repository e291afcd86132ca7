package dev.cnnc.dsl;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Expressions on one line, with as few brackets as possible.
 *
 * <p>Invariant: the text parses to the same tree; a tree without a text is refused.
 */
final class Inline {

  private static final Pattern WORD = Pattern.compile("[a-zA-Z_][a-zA-Z_0-9]*");
  private static final Pattern LABEL_START = Pattern.compile("[a-zA-Z_][a-zA-Z_0-9]*|[0-9]+");
  private static final Pattern LABEL_STEM = Pattern.compile("([a-zA-Z_][a-zA-Z_0-9]*|[0-9]+)-?");
  private static final Pattern LABEL_PART = Pattern.compile("[a-zA-Z_0-9-]+");
  private static final Pattern TEXT = Pattern.compile("[^\"\r\n]*");
  private static final Set<String> KEYWORDS =
      Set.of(
          "network",
          "use",
          "input",
          "weights",
          "labels",
          "preprocess",
          "detect",
          "segment",
          "embed",
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
          "not");

  private final StringBuilder out = new StringBuilder();
  private final int most;

  private Inline(int most) {
    this.most = most;
  }

  /** The whole text, however long. */
  static String text(Ast.Expression expression, Precedence least) {
    return beginning(expression, least, Integer.MAX_VALUE);
  }

  /**
   * The beginning of the text, long enough to compare it with {@code most}, so that long trees cost
   * no more.
   */
  static String beginning(Ast.Expression expression, Precedence least, int most) {
    Inline inline = new Inline(most);
    inline.write(expression, least);
    return inline.out.toString();
  }

  static String name(Ast.Name name) {
    require(isWord(name.text()), "a name", name.text());
    return name.text();
  }

  static String text(Ast.Text text) {
    require(TEXT.matcher(text.text()).matches(), "a text", text.text());
    return '"' + text.text() + '"';
  }

  static String label(Ast.Label label) {
    Inline inline = new Inline(Integer.MAX_VALUE);
    inline.write(label);
    return inline.out.toString();
  }

  private static boolean isWord(String text) {
    return WORD.matcher(text).matches() && !KEYWORDS.contains(text);
  }

  private static void require(boolean writable, String what, String text) {
    if (!writable) {
      throw new IllegalArgumentException("this cannot be written as " + what + ": " + text);
    }
  }

  private void write(Ast.Expression expression, Precedence least) {
    if (out.length() > most) {
      return;
    }
    if (Precedence.of(expression).isLooserThan(least)) {
      out.append('(');
      write(expression, Precedence.CHAIN);
      out.append(')');
      return;
    }
    switch (expression) {
      case Ast.Chain chain -> list(chain.steps(), " -> ", Precedence.STEP);
      case Ast.Labelled labelled -> {
        write(labelled.label());
        out.append(": ");
        write(labelled.step(), Precedence.CHOICE);
      }
      case Ast.Choice choice -> choice(choice);
      case Ast.Unary unary -> {
        out.append(unary.operator()).append(unary.operator().equals("not") ? " " : "");
        write(unary.operand(), Precedence.of(unary));
      }
      case Ast.Binary binary -> {
        write(binary.left(), Precedence.of(binary));
        out.append(operator(binary));
        write(binary.right(), Precedence.of(binary).tighter());
      }
      case Ast.Call call -> {
        out.append(name(call.name()));
        call.arguments()
            .ifPresent(
                arguments -> {
                  out.append('(');
                  list(arguments, ", ", Precedence.CHAIN);
                  out.append(')');
                });
      }
      case Ast.Bracket bracket -> {
        out.append('[');
        list(bracket.elements(), ", ", Precedence.CHAIN);
        out.append(']');
      }
      case Ast.Size size -> out.append(size.height()).append('x').append(size.width());
      case Ast.Int integer -> out.append(integer.value());
      case Ast.Real real -> out.append(real.text());
      case Ast.Text text -> out.append(text(text));
    }
  }

  /** A ratio of two numbers reads as one number: {@code 1/255}. */
  static String operator(Ast.Binary binary) {
    boolean ratio =
        binary.operator().equals("/")
            && binary.left() instanceof Ast.Int
            && binary.right() instanceof Ast.Int;
    return ratio ? "/" : " " + binary.operator() + " ";
  }

  private void choice(Ast.Choice choice) {
    out.append("when ");
    write(choice.condition(), Precedence.EXPRESSION);
    out.append(" then ");
    write(choice.then(), thenPrecedence(choice));
    choice
        .otherwise()
        .ifPresent(
            otherwise -> {
              out.append(" else ");
              write(otherwise, Precedence.STEP);
            });
  }

  /** An else would belong to an inner when without one, so an inner when gets brackets. */
  static Precedence thenPrecedence(Ast.Choice choice) {
    boolean captured = choice.otherwise().isPresent() && lacksElse(choice.then());
    return captured ? Precedence.OPERAND : Precedence.STEP;
  }

  private static boolean lacksElse(Ast.Expression expression) {
    return switch (expression) {
      case Ast.Choice choice -> choice.otherwise().map(Inline::lacksElse).orElse(true);
      case Ast.Labelled labelled -> lacksElse(labelled.step());
      case Ast.Chain _,
          Ast.Unary _,
          Ast.Binary _,
          Ast.Call _,
          Ast.Bracket _,
          Ast.Size _,
          Ast.Int _,
          Ast.Real _,
          Ast.Text _ ->
          false;
    };
  }

  private void list(List<Ast.Expression> elements, String separator, Precedence least) {
    for (int i = 0; i < elements.size() && out.length() <= most; i++) {
      out.append(i == 0 ? "" : separator);
      write(elements.get(i), least);
    }
  }

  private void write(Ast.Label label) {
    Pattern pattern = label.parts().size() > 1 ? LABEL_STEM : LABEL_START;
    for (Ast.LabelPart part : label.parts()) {
      switch (part) {
        case Ast.LabelPart.Fixed fixed when label.quoted() ->
            out.append(text(new Ast.Text(fixed.text(), label.span())));
        case Ast.LabelPart.Fixed fixed -> {
          require(pattern.matcher(fixed.text()).matches(), "a label", fixed.text());
          out.append(fixed.text());
        }
        case Ast.LabelPart.Computed computed -> {
          out.append('{');
          write(computed.value(), Precedence.EXPRESSION);
          out.append('}');
        }
      }
      pattern = LABEL_PART;
    }
  }
}
