package dev.cnnc.dsl;

import dev.cnnc.dsl.Ast.LabelPart;
import dev.cnnc.dsl.Token.Kind;
import dev.cnnc.dsl.grammar.CnnLexer;
import dev.cnnc.dsl.grammar.CnnParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * Turns characters into a syntax tree; the only class that uses ANTLR.
 *
 * <p>Invariant: parsing ends with a {@link Parsed} for every text, and never with an exception.
 */
public final class Parser {

  /** Most errors that are reported: more are of no use, and finding their lines takes long. */
  static final int MOST_ERRORS = 100;

  private final Source source;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Ast.Comment> comments = new ArrayList<>();
  private final List<Ast.Statement> statements = new ArrayList<>();
  private final List<Ast.Name> damaged = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private Parser(Source source) {
    this.source = source;
  }

  /** Reads all statements that can be read and reports the others. */
  public static Parsed parse(Source source) {
    Parser parser = new Parser(source);
    parser.run();
    Span all = new Span(source, 0, source.text().length());
    return new Parsed(
        new Ast.Network(List.copyOf(parser.statements), List.copyOf(parser.comments), all),
        List.copyOf(parser.damaged),
        List.copyOf(parser.diagnostics));
  }

  private void run() {
    Optional<Diagnostic> unreadable = Screening.file(source);
    if (unreadable.isPresent()) {
      diagnostics.add(unreadable.get());
      return;
    }
    scan();
    if (tokens.isEmpty()) {
      diagnostics.add(SyntaxError.empty(new Span(source, 0, 0)));
    }
    CnnParser grammar = new CnnParser(new CommonTokenStream(new ListTokenSource(List.of())));
    grammar.removeErrorListeners();
    grammar.setErrorHandler(new BailErrorStrategy());
    List<List<Token>> pieces = Splitter.split(source, tokens);
    if (pieces.size() > Screening.MOST_STATEMENTS) {
      Span first = pieces.get(Screening.MOST_STATEMENTS).getFirst().span(source);
      diagnostics.add(
          SyntaxError.tooManyStatements(first, pieces.size(), Screening.MOST_STATEMENTS));
      return;
    }
    for (List<Token> piece : pieces) {
      if (diagnostics.size() == MOST_ERRORS) {
        diagnostics.add(SyntaxError.tooMany(piece.getFirst().span(source), MOST_ERRORS));
        return;
      }
      Optional<Diagnostic> wrong =
          Screening.statement(source, piece).or(() -> read(grammar, piece));
      wrong.ifPresent(diagnostics::add);
      wrong.flatMap(any -> Splitter.definedName(source, piece)).ifPresent(damaged::add);
    }
  }

  private void scan() {
    CnnLexer lexer = new CnnLexer(CharStreams.fromString(source.plain()));
    lexer.removeErrorListeners();
    for (var word = lexer.nextToken(); word.getType() != CnnLexer.EOF; word = lexer.nextToken()) {
      Kind kind = Kind.valueOf(CnnLexer.VOCABULARY.getSymbolicName(word.getType()));
      Token token = new Token(kind, word.getStartIndex(), word.getStopIndex() + 1);
      if (kind == Kind.COMMENT) {
        comments.add(new Ast.Comment(token.text(source).stripTrailing(), token.span(source)));
      } else {
        tokens.add(token);
      }
    }
  }

  private Optional<Diagnostic> read(CnnParser grammar, List<Token> piece) {
    List<CommonToken> words = new ArrayList<>(piece.size() + 1);
    for (Token token : piece) {
      CommonToken word = new CommonToken(grammar.getTokenType(token.kind().name()));
      word.setStartIndex(token.start());
      word.setStopIndex(token.end() - 1);
      words.add(word);
    }
    words.add(new CommonToken(CnnParser.END));
    grammar.setTokenStream(new CommonTokenStream(new ListTokenSource(words)));
    try {
      statements.add(new Tree().statement(grammar.statement().form()));
      return Optional.empty();
    } catch (ParseCancellationException e) {
      int at =
          e.getCause() instanceof RecognitionException cause
              ? cause.getOffendingToken().getTokenIndex()
              : 0;
      return Optional.of(Complaint.about(source, piece, at));
    } catch (Rejected e) {
      return Optional.of(e.diagnostic());
    }
  }

  /** Converts ANTLR's tree to ours. */
  private final class Tree {

    Ast.Statement statement(CnnParser.FormContext form) {
      Span span = span(form);
      return switch (form) {
        case CnnParser.TitleContext title ->
            new Ast.Title(name(title.ID()), text(title.STRING()), span);
        case CnnParser.UseContext use -> new Ast.Use(text(use.STRING()).orElseThrow(), span);
        case CnnParser.InputContext input ->
            new Ast.Input(
                name(input.ID()),
                bracket(input.bracket(0)),
                input.bracket().stream().skip(1).<Ast.Expression>map(this::bracket).toList(),
                span);
        case CnnParser.WeightsContext weights -> weights(weights, span);
        case CnnParser.LabelsContext labels ->
            new Ast.Labels(
                labels.bracket() == null
                    ? text(labels.STRING()).orElseThrow()
                    : bracket(labels.bracket()),
                span);
        case CnnParser.PreprocessContext preprocess ->
            new Ast.Preprocess(
                Optional.ofNullable(preprocess.ID()).map(this::name),
                settings(preprocess.settings()),
                span);
        case CnnParser.AnswerContext answer ->
            new Ast.Answer(name(answer.ANSWER()), settings(answer.settings()), span);
        case CnnParser.BudgetContext budget ->
            new Ast.Budget(budget.limit().stream().map(this::limit).toList(), span);
        case CnnParser.ExactContext _ -> new Ast.Exact(span);
        case CnnParser.DefinitionContext definition -> definition(definition, span);
        case CnnParser.ValueContext value ->
            new Ast.Value(value.OUTPUT() != null, name(value.ID()), chain(value.chain()), span);
        case CnnParser.PipelineContext pipeline -> {
          Ast.Name first = name(pipeline.ID());
          List<Ast.Expression> steps = new ArrayList<>();
          steps.add(new Ast.Call(first, Optional.empty(), first.span()));
          pipeline.step().forEach(step -> steps.add(step(step)));
          yield new Ast.Pipeline(new Ast.Chain(List.copyOf(steps), span), span);
        }
        default -> throw new IllegalStateException("no tree for " + span.text());
      };
    }

    private Ast.Weights weights(CnnParser.WeightsContext weights, Span span) {
      boolean stored = weights.STRING() != null;
      Ast.Expression origin =
          stored
              ? text(weights.STRING()).orElseThrow()
              : new Ast.Call(name(weights.ID(0)), Optional.empty(), span(weights.ID(0)));
      List<TerminalNode> words = weights.ID().subList(stored ? 0 : 1, weights.ID().size());
      if (words.isEmpty()) {
        return new Ast.Weights(origin, Optional.empty(), span);
      }
      expectWord("as", words.getFirst(), origin.span());
      return new Ast.Weights(origin, Optional.of(name(words.getLast())), span);
    }

    private List<Ast.Setting> settings(CnnParser.SettingsContext settings) {
      List<Ast.Setting> all = new ArrayList<>();
      settings.setting().forEach(one -> all.add(setting(name(one.ID()), one.expression())));
      Optional.ofNullable(settings.last()).ifPresent(one -> all.add(setting(name(one.ID()), null)));
      return List.copyOf(all);
    }

    private Ast.Setting setting(Ast.Name name, CnnParser.@Nullable ExpressionContext expression) {
      Optional<Ast.Expression> value = Optional.ofNullable(expression).map(this::expression);
      Span end = value.map(Ast.Expression::span).orElse(name.span());
      return new Ast.Setting(name, value, name.span().to(end));
    }

    private Ast.Limit limit(CnnParser.LimitContext limit) {
      Ast.Expression most = expression(limit.expression());
      List<TerminalNode> words = new ArrayList<>(limit.ID());
      if (limit.WEIGHTS() != null) {
        words.addFirst(limit.WEIGHTS());
      }
      Optional<Ast.Text> profile = text(limit.STRING());
      Optional<Ast.Name> unit =
          words.size() - (profile.isPresent() ? 1 : 0) > 1
              ? Optional.of(name(words.get(1)))
              : Optional.empty();
      Span end = unit.map(Ast.Name::span).orElse(most.span());
      if (profile.isPresent()) {
        expectWord("on", words.getLast(), end);
        end = profile.get().span();
      }
      Ast.Name name = name(words.getFirst());
      return new Ast.Limit(name, most, unit, profile, name.span().to(end));
    }

    /** {@code as} and {@code on} have a meaning in one place only, so they are not keywords. */
    private void expectWord(String word, TerminalNode node, Span previous) {
      if (!span(node).text().equals(word)) {
        throw new Rejected(SyntaxError.expected(span(node), "the word " + word, previous.text()));
      }
    }

    private Ast.Definition definition(CnnParser.DefinitionContext definition, Span span) {
      List<Ast.Parameter> parameters =
          definition.parameters() == null
              ? List.of()
              : definition.parameters().parameter().stream().map(this::parameter).toList();
      return new Ast.Definition(
          definition.PART() != null,
          name(definition.ID()),
          parameters,
          chain(definition.chain()),
          span);
    }

    private Ast.Parameter parameter(CnnParser.ParameterContext parameter) {
      Optional<Ast.Expression> byDefault =
          Optional.ofNullable(parameter.expression()).map(this::expression);
      return new Ast.Parameter(name(parameter.ID()), byDefault, span(parameter));
    }

    // Recursive methods use no streams, which would take several times the stack.
    private Ast.Expression chain(CnnParser.ChainContext chain) {
      List<Ast.Expression> steps = new ArrayList<>();
      for (CnnParser.StepContext step : chain.step()) {
        steps.add(step(step));
      }
      return steps.size() == 1 ? steps.getFirst() : new Ast.Chain(List.copyOf(steps), span(chain));
    }

    private List<Ast.Expression> chains(List<CnnParser.ChainContext> chains) {
      List<Ast.Expression> expressions = new ArrayList<>();
      for (CnnParser.ChainContext chain : chains) {
        expressions.add(chain(chain));
      }
      return List.copyOf(expressions);
    }

    private Ast.Expression step(CnnParser.StepContext step) {
      Ast.Expression inner =
          step.choice() == null ? expression(step.expression()) : choice(step.choice());
      return step.label() == null
          ? inner
          : new Ast.Labelled(label(step.label()), inner, span(step));
    }

    private Ast.Choice choice(CnnParser.ChoiceContext choice) {
      List<CnnParser.StepContext> steps = choice.step();
      return new Ast.Choice(
          expression(choice.expression()),
          step(steps.getFirst()),
          steps.size() == 1 ? Optional.empty() : Optional.of(step(steps.getLast())),
          span(choice));
    }

    private Ast.Expression expression(CnnParser.ExpressionContext expression) {
      Span span = span(expression);
      return switch (expression) {
        case CnnParser.UnaryContext unary ->
            new Ast.Unary(operator(unary, 0), expression(unary.expression()), span);
        case CnnParser.BinaryContext binary ->
            new Ast.Binary(
                operator(binary, 1),
                expression(binary.expression(0)),
                expression(binary.expression(1)),
                span);
        case CnnParser.CallContext call ->
            new Ast.Call(
                name(call.ID()),
                call.arguments() == null
                    ? Optional.empty()
                    : Optional.of(chains(call.arguments().chain())),
                span);
        case CnnParser.ParenthesisedContext parentheses -> chain(parentheses.chain());
        case CnnParser.BracketedContext bracketed -> bracket(bracketed.bracket());
        case CnnParser.SizeContext _ -> Literals.size(span);
        case CnnParser.IntContext _ -> Literals.integer(span);
        case CnnParser.RealContext _ -> Literals.real(span);
        case CnnParser.TextContext text -> text(text.STRING()).orElseThrow();
        default -> throw new IllegalStateException("no tree for " + span.text());
      };
    }

    private Ast.Bracket bracket(CnnParser.BracketContext bracket) {
      return new Ast.Bracket(chains(bracket.chain()), span(bracket));
    }

    private Ast.Label label(CnnParser.LabelContext label) {
      Span span = span(label);
      if (label.STRING() != null) {
        String name = text(label.STRING()).orElseThrow().text();
        return new Ast.Label(true, List.of(new LabelPart.Fixed(name)), span);
      }
      List<LabelPart> parts = new ArrayList<>();
      int from = span.start();
      for (CnnParser.HoleContext hole : label.hole()) {
        Literals.fixed(new Span(source, from, span(hole).start())).ifPresent(parts::add);
        parts.add(new LabelPart.Computed(expression(hole.expression())));
        from = span(hole.RIGHT_BRACE()).end();
      }
      Literals.fixed(new Span(source, from, span.end())).ifPresent(parts::add);
      return new Ast.Label(false, List.copyOf(parts), span);
    }

    private Ast.Name name(TerminalNode word) {
      return new Ast.Name(span(word).text(), span(word));
    }

    private Optional<Ast.Text> text(@Nullable TerminalNode string) {
      return Optional.ofNullable(string).map(this::span).map(Literals::text);
    }

    private String operator(ParserRuleContext context, int child) {
      return span((TerminalNode) context.getChild(child)).text();
    }

    private Span span(TerminalNode node) {
      return span(node.getSymbol(), node.getSymbol());
    }

    private Span span(ParserRuleContext context) {
      return span(context.getStart(), context.getStop());
    }

    private Span span(org.antlr.v4.runtime.Token first, org.antlr.v4.runtime.Token last) {
      return new Span(source, first.getStartIndex(), last.getStopIndex() + 1);
    }
  }
}
