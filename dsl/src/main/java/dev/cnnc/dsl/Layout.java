package dev.cnnc.dsl;

import java.util.ArrayList;
import java.util.List;

/**
 * Expressions over several lines, if one line is too short or the author broke it.
 *
 * <p>Invariant: printing is idempotent: {@link Margin} finds in the text every line break made
 * here.
 */
final class Layout {

  /** Indentation of arguments, branches and arrows. */
  static final int STEP = 2;

  static final String ARROW = " -> ";

  /** An arrow that begins a line. */
  private static final String HEAD = "-> ";

  private final Page page;
  private final Margin margin;

  Layout(Page page, Margin margin) {
    this.page = page;
    this.margin = margin;
  }

  /**
   * Writes an expression at the end of the current line.
   *
   * @param least the loosest expression that needs no brackets here
   * @param indent the column of the line's first word; continuation lines are indented further
   * @param reserve number of characters that will follow on the last line
   */
  void write(Ast.Expression expression, Precedence least, int indent, int reserve) {
    if (fits(expression, least, Page.COLUMNS - page.column() - reserve)) {
      page.write(Inline.text(expression, least));
      return;
    }
    if (Precedence.of(expression).isLooserThan(least)) {
      enclosed("(", expression, ")", indent, reserve);
      return;
    }
    switch (expression) {
      case Ast.Chain chain -> chain(chain, indent, indent + STEP, reserve);
      case Ast.Labelled labelled -> {
        page.write(Inline.label(labelled.label()) + ": ");
        write(labelled.step(), Precedence.CHOICE, indent, reserve);
      }
      case Ast.Choice choice -> choice(choice, indent, reserve);
      case Ast.Unary unary -> {
        page.write(unary.operator().equals("not") ? "not " : unary.operator());
        write(unary.operand(), Precedence.of(unary), indent, reserve);
      }
      case Ast.Binary binary -> {
        Precedence own = Precedence.of(binary);
        String right = Inline.operator(binary) + Inline.text(binary.right(), own.tighter());
        write(binary.left(), own, indent, Math.min(reserve + right.length(), Page.COLUMNS / 2));
        page.write(Inline.operator(binary));
        write(binary.right(), own.tighter(), indent, reserve);
      }
      case Ast.Call call -> {
        page.write(Inline.name(call.name()));
        call.arguments().ifPresent(arguments -> list("(", arguments, ")", indent, reserve));
      }
      case Ast.Bracket bracket -> {
        if (isList(bracket)) {
          fill("[", bracket.elements().stream().map(Layout::inline).toList(), ",", "]");
        } else if (bracket.elements().size() == 1) {
          enclosed("[", bracket.elements().getFirst(), "]", indent, reserve);
        } else {
          list("[", bracket.elements(), "]", indent, reserve);
        }
      }
      case Ast.Size _, Ast.Int _, Ast.Real _, Ast.Text _ ->
          page.write(Inline.text(expression, least));
    }
  }

  /** Whether an expression fits on one line with {@code columns} left. */
  boolean fits(Ast.Expression expression, Precedence least, int columns) {
    return Inline.beginning(expression, least, Math.max(0, columns)).length() <= columns
        && !breaks(expression);
  }

  /** Starts a line for {@code anchor}, below the comments before it. */
  void newLine(Ast anchor, int indent) {
    comments(anchor.span(), indent);
    while (margin.hasCommentBefore(innermost(anchor).span())) {
      page.newLine(indent);
      page.write(margin.take().text());
    }
    page.newLine(indent);
  }

  /**
   * Writes the comments before a place. The first goes to the end of the current line if it was
   * there in the text.
   */
  void comments(Span place, int indent) {
    while (margin.hasCommentBefore(place)) {
      Ast.Comment comment = margin.take();
      if (Margin.isAlone(comment) || !page.endWith(comment.text())) {
        page.newLine(indent);
        page.write(comment.text());
      }
    }
  }

  /**
   * The part of an expression that is written first. No line can start between its brackets and
   * this part.
   */
  private static Ast innermost(Ast anchor) {
    return switch (anchor) {
      case Ast.Labelled labelled -> innermost(labelled.step());
      case Ast.Binary binary -> innermost(binary.left());
      case Ast.Chain chain -> innermost(chain.steps().getFirst());
      case Ast.Bracket bracket when bracket.elements().size() == 1 ->
          innermost(bracket.elements().getFirst());
      default -> anchor;
    };
  }

  /** Writes words into filled lines; later lines begin below the first word. */
  void fill(String opening, List<String> words, String separator, String closing) {
    page.write(opening);
    int indent = page.column();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i) + (i < words.size() - 1 ? separator : closing);
      if (i > 0 && page.column() + 1 + word.length() > Page.COLUMNS) {
        page.newLine(indent);
      } else if (i > 0) {
        page.write(" ");
      }
      page.write(word);
    }
    page.write(words.isEmpty() ? closing : "");
  }

  /** Whether some part of the expression has to start a line. */
  private boolean breaks(Ast.Expression expression) {
    return switch (expression) {
      case Ast.Chain chain -> breaksChain(chain.steps());
      case Ast.Labelled labelled -> breaks(labelled.step());
      case Ast.Choice choice ->
          Margin.beginsLine(choice.then().span())
              || breaks(choice.condition())
              || breaks(choice.then())
              || choice.otherwise().map(this::breaks).orElse(false);
      case Ast.Unary unary -> breaks(unary.operand());
      case Ast.Binary binary -> breaks(binary.left()) || breaks(binary.right());
      case Ast.Call call -> call.arguments().map(this::breaksList).orElse(false);
      case Ast.Bracket bracket ->
          bracket.elements().size() == 1
              ? breaks(bracket.elements().getFirst())
              : !isList(bracket) && breaksList(bracket.elements());
      case Ast.Size _, Ast.Int _, Ast.Real _, Ast.Text _ -> false;
    };
  }

  private boolean breaksChain(List<Ast.Expression> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if ((i > 0 && Margin.beginsLine(steps.get(i).span())) || breaks(steps.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean breaksList(List<Ast.Expression> elements) {
    for (int i = 0; i < elements.size(); i++) {
      Span span = elements.get(i).span();
      boolean parted =
          i == 0
              ? Margin.beginsLine(span)
              : margin.hasCommentsBetween(elements.get(i - 1).span(), span);
      if (parted || breaks(elements.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the elements fill lines, as numbers and texts do; other elements get one line each. */
  private static boolean isList(Ast.Bracket bracket) {
    return bracket.elements().size() > 1
        && bracket.elements().stream()
            .allMatch(
                element ->
                    element instanceof Ast.Int
                        || element instanceof Ast.Real
                        || element instanceof Ast.Text);
  }

  private static String inline(Ast.Expression expression) {
    return Inline.text(expression, Precedence.CHAIN);
  }

  private void choice(Ast.Choice choice, int indent, int reserve) {
    page.write("when " + Inline.text(choice.condition(), Precedence.EXPRESSION));
    newLine(choice.then(), indent + STEP);
    page.write("then ");
    boolean last = choice.otherwise().isEmpty();
    write(choice.then(), Inline.thenPrecedence(choice), indent + STEP, last ? reserve : 0);
    choice
        .otherwise()
        .ifPresent(
            otherwise -> {
              newLine(otherwise, indent + STEP);
              page.write("else ");
              write(otherwise, Precedence.STEP, indent + STEP, reserve);
            });
  }

  private void list(
      String opening, List<Ast.Expression> elements, String closing, int indent, int reserve) {
    page.write(opening);
    for (int i = 0; i < elements.size(); i++) {
      boolean last = i == elements.size() - 1;
      newLine(elements.get(i), indent + STEP);
      write(elements.get(i), Precedence.CHAIN, indent + STEP, last ? reserve + 1 : 1);
      page.write(last ? "" : ",");
    }
    page.write(closing);
  }

  private void enclosed(
      String opening, Ast.Expression inner, String closing, int indent, int reserve) {
    if (inner instanceof Ast.Chain chain) {
      // The arrows of a broken group stand left of its steps, so that the steps are aligned.
      page.write(opening + " ");
      int column = page.column();
      chain(chain, column, Math.max(0, column - HEAD.length()), reserve + 2);
      page.write(" " + closing);
    } else {
      page.write(opening);
      write(inner, Precedence.CHAIN, indent, reserve + 1);
      page.write(closing);
    }
  }

  /**
   * A chain. Each line holds the steps that the author put there, or one step if they do not fit.
   */
  void chain(Ast.Chain chain, int indent, int arrows, int reserve) {
    List<List<Ast.Expression>> lines = lines(chain, arrows, reserve);
    boolean level = page.column() == arrows + HEAD.length();
    List<List<Integer>> widths =
        Columns.align(
            lines, this::width, level ? 0 : 1, Page.COLUMNS - arrows - HEAD.length() - reserve);
    for (int i = 0; i < lines.size(); i++) {
      List<Ast.Expression> steps = lines.get(i);
      if (i > 0) {
        newLine(steps.getFirst(), arrows);
        page.write(HEAD);
      }
      int inside = i == 0 ? indent : page.column();
      for (int k = 0; k < steps.size(); k++) {
        int start = page.column();
        boolean last = i == lines.size() - 1 && k == steps.size() - 1;
        write(steps.get(k), Precedence.STEP, inside, last ? reserve : 0);
        if (k < steps.size() - 1) {
          page.write(" ".repeat(Math.max(0, start + widths.get(i).get(k) - page.column())) + ARROW);
        }
      }
    }
  }

  private List<List<Ast.Expression>> lines(Ast.Chain chain, int arrows, int reserve) {
    List<List<Ast.Expression>> written = new ArrayList<>();
    for (int i = 0; i < chain.steps().size(); i++) {
      Ast.Expression step = chain.steps().get(i);
      if (i == 0 || Margin.beginsLine(step.span())) {
        written.add(new ArrayList<>());
      }
      written.getLast().add(step);
    }
    List<List<Ast.Expression>> lines = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      List<Ast.Expression> steps = written.get(i);
      int column = i == 0 ? page.column() : arrows + HEAD.length();
      boolean last = i == written.size() - 1;
      if (steps.size() > 1 && !fits(steps, Page.COLUMNS - column - (last ? reserve : 0))) {
        steps.forEach(step -> lines.add(List.of(step)));
      } else {
        lines.add(steps);
      }
    }
    return lines;
  }

  private boolean fits(List<Ast.Expression> steps, int columns) {
    int left = columns + ARROW.length();
    for (Ast.Expression step : steps) {
      left -= ARROW.length();
      if (!fits(step, Precedence.STEP, left)) {
        return false;
      }
      left -= width(step);
    }
    return true;
  }

  private int width(Ast.Expression step) {
    return Inline.text(step, Precedence.STEP).length();
  }
}
