package dev.cnnc.dsl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The canonical form of a network: the output of {@code cnnc fmt}, and of graphs that are printed.
 *
 * <p>Invariant: the output parses to the same tree and prints as itself, and no comment is lost.
 * Lines break where the author broke them, and otherwise at the width of a page.
 */
public final class Printer {

  /** Widest gap before an equals sign; a wider one would separate the name from its value. */
  private static final int WIDEST_GAP = 16;

  private final Page page = new Page();
  private final List<Ast.Statement> statements;
  private final Margin margin;
  private final Layout layout;

  private Printer(Ast.Network network) {
    this.statements = network.statements();
    this.margin = new Margin(network.comments());
    this.layout = new Layout(page, margin);
  }

  /**
   * The text of a network, from a file or made by a program.
   *
   * @throws IllegalArgumentException if a name or a text contains characters that the language does
   *     not allow in it
   */
  public static String print(Ast.Network network) {
    Printer printer = new Printer(network);
    printer.run();
    return printer.page.text();
  }

  /** One expression on one line, as messages quote it. */
  public static String print(Ast.Expression expression) {
    return Inline.text(expression, Precedence.CHAIN);
  }

  private void run() {
    for (int i = 0; i < statements.size(); ) {
      int end = i + 1;
      while (end < statements.size() && aligned(statements.get(end - 1), statements.get(end))) {
        end++;
      }
      List<Ast.Statement> run = statements.subList(i, end);
      int column = column(run);
      for (Ast.Statement statement : run) {
        begin(i, statement);
        write(statement, column);
        i++;
      }
    }
    while (!margin.isEmpty()) {
      comment(margin.take());
    }
  }

  private void begin(int i, Ast.Statement statement) {
    while (margin.hasCommentBefore(statement.span())) {
      comment(margin.take());
    }
    boolean apart =
        Margin.isWritten(statement.span())
            ? Margin.isSetApart(statement.span())
            : i > 0 && opensChapter(statements.get(i - 1), statement);
    if (apart) {
      emptyLine();
    }
    page.newLine(0);
  }

  private void comment(Ast.Comment comment) {
    if (!Margin.isAlone(comment) && page.endWith(comment.text())) {
      return;
    }
    if (Margin.isSetApart(comment.span())) {
      emptyLine();
    }
    page.newLine(0);
    page.write(comment.text());
  }

  private void emptyLine() {
    if (!page.isEmpty()) {
      page.newLine(0);
    }
  }

  /**
   * Groups the statements of a tree without a text; statements of one group have no empty line
   * between them.
   */
  private static int chapter(Ast.Statement statement) {
    return switch (statement) {
      case Ast.Title _ -> 0;
      case Ast.Use _ -> 1;
      case Ast.Input _,
          Ast.Weights _,
          Ast.Labels _,
          Ast.Preprocess _,
          Ast.Answer _,
          Ast.Budget _,
          Ast.Exact _ ->
          2;
      case Ast.Definition _ -> 3;
      case Ast.Value _ -> 4;
      case Ast.Pipeline _ -> 5;
    };
  }

  private static boolean opensChapter(Ast.Statement previous, Ast.Statement statement) {
    return chapter(previous) != chapter(statement) || statement instanceof Ast.Definition;
  }

  private void write(Ast.Statement statement, int column) {
    switch (statement) {
      case Ast.Title title ->
          page.write(
              "network "
                  + Inline.name(title.name())
                  + title.description().map(text -> " " + Inline.text(text)).orElse(""));
      case Ast.Use use -> page.write("use " + Inline.text(use.file()));
      case Ast.Input input -> {
        page.write("input " + Inline.name(input.name()) + " ");
        layout.write(input.shape(), Precedence.OPERAND, 0, 0);
        for (Ast.Expression other : input.others()) {
          page.write(" or ");
          layout.write(other, Precedence.OPERAND, 0, 0);
        }
      }
      case Ast.Weights weights ->
          page.write(
              "weights "
                  + print(weights.origin())
                  + weights.storage().map(name -> " as " + Inline.name(name)).orElse(""));
      case Ast.Labels labels -> {
        page.write("labels ");
        layout.write(labels.list(), Precedence.OPERAND, 0, 0);
      }
      case Ast.Preprocess preprocess -> {
        List<String> texts = preprocess.settings().stream().map(Printer::setting).toList();
        braced(statement, preprocess.settings(), texts, column);
      }
      case Ast.Answer answer -> {
        List<String> texts = answer.settings().stream().map(Printer::setting).toList();
        braced(statement, answer.settings(), texts, column);
      }
      case Ast.Budget budget -> {
        List<String> texts = budget.limits().stream().map(Printer::limit).toList();
        braced(statement, budget.limits(), texts, column);
      }
      case Ast.Exact _ -> page.write("exact");
      case Ast.Definition definition -> definition(definition);
      case Ast.Value value -> {
        page.write(pad(head(value), column) + "= ");
        body(value.body());
      }
      case Ast.Pipeline pipeline -> body(pipeline.body());
    }
  }

  /** Writes an expression on the line of its name, with its arrows indented below. */
  private void body(Ast.Expression body) {
    layout.write(body, Precedence.CHAIN, 0, 0);
  }

  private void definition(Ast.Definition definition) {
    String head = (definition.part() ? "part " : "block ") + Inline.name(definition.name());
    List<String> parameters = definition.parameters().stream().map(Printer::parameter).toList();
    layout.fill(head + "(", parameters, ",", ") =");
    Ast.Expression body = definition.body();
    int left = Page.COLUMNS - page.column() - 1;
    if (!Margin.beginsLine(body.span()) && layout.fits(body, Precedence.CHAIN, left)) {
      page.write(" " + print(body));
      return;
    }
    layout.newLine(body, Layout.STEP);
    boolean fits = layout.fits(body, Precedence.CHAIN, Page.COLUMNS - Layout.STEP);
    if (body instanceof Ast.Chain chain && !fits) {
      layout.chain(chain, Layout.STEP, Layout.STEP, 0);
    } else {
      layout.write(body, Precedence.CHAIN, Layout.STEP, 0);
    }
  }

  private static String parameter(Ast.Parameter parameter) {
    Optional<String> byDefault =
        parameter.byDefault().map(value -> Inline.text(value, Precedence.EXPRESSION));
    return Inline.name(parameter.name()) + byDefault.map(text -> ": " + text).orElse("");
  }

  private void braced(
      Ast.Statement statement, List<? extends Ast> entries, List<String> texts, int column) {
    String head = pad(head(statement), column) + "{";
    boolean broken =
        margin.hasComments(statement.span())
            || (!entries.isEmpty() && Margin.beginsLine(entries.getFirst().span()));
    if (!broken) {
      layout.fill(head + " ", texts, ";", texts.isEmpty() ? "}" : " }");
      return;
    }
    page.write(head);
    for (int i = 0; i < entries.size(); i++) {
      layout.newLine(entries.get(i), Layout.STEP);
      boolean open = entries.get(i) instanceof Ast.Setting setting && setting.value().isEmpty();
      page.write(texts.get(i) + (open && i < entries.size() - 1 ? ";" : ""));
    }
    Span all = statement.span();
    layout.comments(new Span(all.source(), Math.max(0, all.end() - 1), all.end()), Layout.STEP);
    page.newLine(0);
    page.write("}");
  }

  private static String setting(Ast.Setting setting) {
    return Inline.name(setting.name())
        + setting.value().map(it -> " " + Inline.text(it, Precedence.EXPRESSION)).orElse("");
  }

  private static String limit(Ast.Limit limit) {
    return Inline.name(limit.name())
        + " <= "
        + Inline.text(limit.most(), Precedence.EXPRESSION)
        + limit.unit().map(unit -> unit(limit.most(), unit)).orElse("")
        + limit.profile().map(text -> " on " + Inline.text(text)).orElse("");
  }

  /** {@code 4.2G}, but {@code 8 MiB}. */
  private static String unit(Ast.Expression most, Ast.Name unit) {
    boolean number = most instanceof Ast.Int || most instanceof Ast.Real;
    boolean glued = number && List.of("K", "M", "G", "T").contains(unit.text());
    return (glued ? "" : " ") + Inline.name(unit);
  }

  /** The text before the sign on which neighbouring statements are aligned. */
  private static String head(Ast.Statement statement) {
    return switch (statement) {
      case Ast.Value value -> (value.output() ? "output " : "") + Inline.name(value.name()) + " ";
      case Ast.Preprocess preprocess ->
          "preprocess " + preprocess.input().map(name -> Inline.name(name) + " ").orElse("");
      case Ast.Answer answer -> answer.kind().text() + " ";
      case Ast.Budget _ -> "budget ";
      case Ast.Title _,
          Ast.Use _,
          Ast.Input _,
          Ast.Weights _,
          Ast.Labels _,
          Ast.Exact _,
          Ast.Definition _,
          Ast.Pipeline _ ->
          "";
    };
  }

  private static String pad(String head, int column) {
    return head + " ".repeat(Math.max(0, column - head.length()));
  }

  private boolean aligned(Ast.Statement first, Ast.Statement second) {
    if (!isRelated(first, second)) {
      return false;
    }
    boolean written = Margin.isWritten(first.span()) && Margin.isWritten(second.span());
    return !written
        || !(Margin.isSetApart(second.span()) || margin.parts(first.span(), second.span()));
  }

  private boolean isRelated(Ast.Statement first, Ast.Statement second) {
    if (first instanceof Ast.Value one && second instanceof Ast.Value other) {
      return one.output() == other.output() && isShort(one) && isShort(other);
    }
    return isBraced(first) && isBraced(second);
  }

  private static boolean isBraced(Ast.Statement statement) {
    return statement instanceof Ast.Preprocess
        || statement instanceof Ast.Answer
        || statement instanceof Ast.Budget;
  }

  private boolean isShort(Ast.Value value) {
    int left = Page.COLUMNS - head(value).length() - 2 - WIDEST_GAP;
    return layout.fits(value.body(), Precedence.CHAIN, left);
  }

  private static int column(List<Ast.Statement> run) {
    List<Integer> widths =
        run.stream().map(statement -> head(statement).length()).collect(Collectors.toList());
    int widest = widths.stream().max(Integer::compare).orElse(0);
    int narrowest = widths.stream().min(Integer::compare).orElse(0);
    return run.size() > 1 && widest - narrowest <= WIDEST_GAP ? widest : 0;
  }
}
