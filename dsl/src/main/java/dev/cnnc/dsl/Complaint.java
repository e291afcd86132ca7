package dev.cnnc.dsl;

import dev.cnnc.dsl.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Explains why a statement cannot continue with a certain token.
 *
 * <p>Invariant: the explanation depends only on the tokens, never on the state of the parser,
 * because a reader sees only the tokens left of the caret.
 */
final class Complaint {

  private static final String SHAPE = "a shape in brackets, as [3, 224, 224],";

  private static final int LONGEST_QUOTATION = 24;

  private final Source source;
  private final List<Token> tokens;

  /** The first token that does not fit; the number of tokens where the statement is too short. */
  private final int at;

  /** Indices of the brackets that are open before it, innermost first. */
  private final Deque<Integer> open = new ArrayDeque<>();

  private Complaint(Source source, List<Token> tokens, int at) {
    this.source = source;
    this.tokens = tokens;
    this.at = at;
    for (int i = 0; i < at; i++) {
      if (tokens.get(i).opens()) {
        open.push(i);
      } else if (tokens.get(i).closes()) {
        open.pop();
      }
    }
  }

  static Diagnostic about(Source source, List<Token> tokens, int at) {
    Diagnostic found = new Complaint(source, tokens, at).diagnostic();
    return new Remedy(source, tokens, at).cure().map(found::with).orElse(found);
  }

  private Diagnostic diagnostic() {
    if (at == 0) {
      return SyntaxError.noStart(span(), quote(0));
    }
    if (at == 1 && kind(0) == Kind.ID) {
      return unknownStart();
    }
    if (kind(at) == Kind.ID && isGlued()) {
      return spelling();
    }
    Token previous = tokens.get(at - 1);
    if (at == 1) {
      return afterKeyword(previous);
    }
    if (previous.isKeyword() && !isGrammatical(at - 1)) {
      return SyntaxError.keyword(previous.span(source), text(at - 1));
    }
    return previous.endsOperand() ? afterOperand() : operand(previous);
  }

  /** Whether the word at i is used as a keyword. Anywhere else only a label can have its word. */
  private boolean isGrammatical(int i) {
    return switch (kind(i)) {
      case WHEN, NOT -> true;
      case THEN, ELSE, AND, OR -> tokens.get(i - 1).endsOperand();
      default -> false;
    };
  }

  private Diagnostic unknownStart() {
    String word = text(0);
    for (Kind kind : Kind.values()) {
      for (String keyword : Token.words(kind)) {
        if (new Token(kind, 0, 0).isLeadingKeyword() && Spelling.isNear(word, keyword)) {
          return SyntaxError.expected(
              span(), "= or ->", quote(0), "did you mean %s?".formatted(keyword));
        }
      }
    }
    return kind(at) == Kind.LEFT_PAREN
        ? SyntaxError.expected(
            span(), "= or ->", quote(0), "a definition starts with block, a pipeline with a value")
        : SyntaxError.expected(span(), "= or ->", quote(0));
  }

  private Diagnostic afterKeyword(Token previous) {
    return switch (previous.kind()) {
      case NETWORK, INPUT, BLOCK, PART, OUTPUT -> name();
      case USE -> expected("a file name in quotes");
      case WEIGHTS -> expected("a file name in quotes, or synthetic,");
      case LABELS -> expected("a file name in quotes or a list");
      case PREPROCESS, ANSWER, BUDGET -> expected("{");
      case EXACT -> expected("the end of the statement");
      default -> operand(previous);
    };
  }

  private Diagnostic name() {
    return isKeyword(at) ? SyntaxError.keyword(span(), text(at)) : expected("a name");
  }

  /** The error of a token that cannot follow a complete expression. */
  private Diagnostic afterOperand() {
    Kind found = kind(at);
    boolean labelled = at >= 2 && kind(at - 2) == Kind.COLON;
    if (found == Kind.COLON && labelled) {
      return SyntaxError.secondLabel(tokens.get(at - 1).span(source));
    }
    if (kind(at - 1) == Kind.INT && found == Kind.ID && isCross(text(at))) {
      return spelling();
    }
    if (waitsForThen()) {
      return expected("the word then");
    }
    if (!open.isEmpty()) {
      return insideBrackets(open.peek());
    }
    return atTop();
  }

  private Diagnostic insideBrackets(int opening) {
    boolean called = opening > 0 && kind(opening - 1) == Kind.ID;
    return switch (kind(opening)) {
      case LEFT_PAREN -> {
        if (called && kind(at) == Kind.ASSIGN && kind(at - 1) == Kind.ID) {
          yield SyntaxError.assignedArgument(span());
        }
        yield called ? expected(", or )") : expected(")");
      }
      case LEFT_BRACKET -> expected(", or -> or ]");
      default ->
          switch (opensClause(opening) ? kind(0) : Kind.END) {
            case PREPROCESS, ANSWER -> inPreprocess();
            case BUDGET -> inBudget();
            default -> expected("}");
          };
    };
  }

  /** Whether the bracket is the first of its statement, behind the keyword and perhaps a name. */
  private boolean opensClause(int opening) {
    return opening == 1 || (opening == 2 && kind(0) == Kind.PREPROCESS && kind(1) == Kind.ID);
  }

  private Diagnostic inPreprocess() {
    return beginsEntry(at - 1) ? expected("a value") : expected("; or }");
  }

  private Diagnostic inBudget() {
    return beginsEntry(at - 1) ? expected("<=") : expected("; or }");
  }

  private boolean beginsEntry(int i) {
    return kind(i) == Kind.ID && (kind(i - 1) == Kind.LEFT_BRACE || kind(i - 1) == Kind.SEMICOLON);
  }

  private Diagnostic atTop() {
    boolean headed = at == 2;
    return switch (kind(0)) {
      case INPUT -> headed ? expected(SHAPE) : end();
      case PREPROCESS -> headed && kind(1) == Kind.ID ? brace() : end();
      case NETWORK, USE, LABELS, EXACT, ANSWER, BUDGET -> end();
      case WEIGHTS -> inWeights();
      case BLOCK, PART -> inDefinition(headed);
      case OUTPUT -> headed ? expected("=") : inChain();
      default -> inChain();
    };
  }

  /** A word before a number is a setting outside of the braces, otherwise the name of an input. */
  private Diagnostic brace() {
    return kind(at) == Kind.ID || at == tokens.size()
        ? expected("{")
        : SyntaxError.expected(tokens.get(1).span(source), "{", quote(0));
  }

  private Diagnostic inWeights() {
    if (at != 3) {
      return end();
    }
    return text(2).equals("as")
        ? expected("the kind of number, as bf16,")
        : SyntaxError.expected(tokens.get(2).span(source), "the word as", quote(1));
  }

  private Diagnostic inDefinition(boolean headed) {
    if (headed) {
      return SyntaxError.expected(
          span(), "(", quote(at - 1), "without parameters write %s() =".formatted(text(at - 1)));
    }
    return tokens.subList(0, at).stream().anyMatch(token -> token.kind() == Kind.ASSIGN)
        ? inChain()
        : expected("=");
  }

  private Diagnostic inChain() {
    String what = "-> or the end of the statement";
    if (kind(at) == Kind.SEMICOLON) {
      return SyntaxError.expected(span(), what, quote(at - 1), "a statement needs no ;");
    }
    boolean argument = at < tokens.size() && tokens.get(at).isNumber();
    if (kind(at - 1) == Kind.ID && (argument || kind(at) == Kind.STRING)) {
      return SyntaxError.expected(
          span(),
          what,
          quote(at - 1),
          "arguments stand in brackets: %s(%s)".formatted(text(at - 1), quote(at)));
    }
    return kind(at) == Kind.ID
        ? SyntaxError.expected(span(), what, quote(at - 1), "steps are joined by ->")
        : expected(what);
  }

  private Diagnostic end() {
    return expected("the end of the statement");
  }

  /** The error of a token that cannot follow {@code previous}, which needs an operand. */
  private Diagnostic operand(Token previous) {
    if (kind(at) == Kind.WHEN) {
      return SyntaxError.expected(
          span(), wanted(previous), quote(at - 1), "put the when in brackets: (when ...)");
    }
    return at < tokens.size() && tokens.get(at).isLeadingKeyword()
        ? SyntaxError.keyword(span(), text(at))
        : expected(wanted(previous));
  }

  private String wanted(Token previous) {
    boolean parameter = open.size() == 1 && open.peek() == 2 && isDefinition();
    return switch (previous.kind()) {
      case ARROW, THEN, ELSE -> "a layer";
      case WHEN, NOT, AND -> "a condition";
      case OR -> kind(0) == Kind.INPUT ? SHAPE : "a condition";
      case ASSIGN -> "a layer or a value";
      case COLON -> parameter ? "a default value" : "a layer or a value";
      case LEFT_BRACKET -> "a layer or a value";
      case LEFT_PAREN, COMMA -> parameter ? "a parameter" : listed();
      case LEFT_BRACE, SEMICOLON -> entry();
      default -> previous.isArithmetic() ? "a number" : "something else";
    };
  }

  private String listed() {
    int opening = open.peek();
    boolean called = kind(opening) == Kind.LEFT_PAREN && kind(opening - 1) == Kind.ID;
    return called ? "an argument" : "a layer or a value";
  }

  private String entry() {
    return switch (open.size() == 1 && opensClause(open.peek()) ? kind(0) : Kind.END) {
      case PREPROCESS -> "a setting such as resize 256";
      case ANSWER -> "a setting such as score 0.5";
      case BUDGET -> "a limit such as macs <= 4.2G";
      default -> "a number";
    };
  }

  private boolean isDefinition() {
    return kind(0) == Kind.BLOCK || kind(0) == Kind.PART;
  }

  private boolean isKeyword(int i) {
    return i < tokens.size() && tokens.get(i).isKeyword();
  }

  private boolean isGlued() {
    Token before = tokens.get(at - 1);
    return before.isNumber() && before.end() == tokens.get(at).start();
  }

  /** {@code 64k}, {@code 3 x 3}. */
  private Diagnostic spelling() {
    Span both = tokens.get(at - 1).span(source).to(tokens.get(at).span(source));
    if (isGlued()) {
      return SyntaxError.glued(both);
    }
    boolean spaced = text(at).equals("x") && kind(at + 1) == Kind.INT;
    String width = spaced ? text(at + 1) : text(at).substring(1);
    Span whole = spaced ? both.to(tokens.get(at + 1).span(source)) : both;
    return SyntaxError.spacedSize(whole, text(at - 1) + "x" + width);
  }

  private boolean isCross(String word) {
    return word.equals("x") ? kind(at + 1) == Kind.INT : word.matches("x[0-9]+");
  }

  /** Whether a {@code when} between the same brackets has no {@code then} yet. */
  private boolean waitsForThen() {
    int depth = 0;
    for (int i = at - 1; i >= 0 && depth >= 0; i--) {
      Token token = tokens.get(i);
      depth += token.closes() ? 1 : token.opens() ? -1 : 0;
      if (depth == 0 && token.kind() == Kind.WHEN) {
        return true;
      }
      if (depth == 0
          && (token.kind() == Kind.THEN
              || token.kind() == Kind.ARROW
              || token.kind() == Kind.COMMA)) {
        return false;
      }
    }
    return false;
  }

  private Diagnostic expected(String what) {
    return SyntaxError.expected(span(), what, quote(at - 1));
  }

  private Kind kind(int i) {
    return i < tokens.size() ? tokens.get(i).kind() : Kind.END;
  }

  private String text(int i) {
    return tokens.get(i).text(source);
  }

  private String quote(int i) {
    String text = text(i);
    return text.length() <= LONGEST_QUOTATION
        ? text
        : text.substring(0, LONGEST_QUOTATION - 3) + "...";
  }

  /** Where a statement is too short, the caret stands under its last word. */
  private Span span() {
    return tokens.get(Math.min(at, tokens.size() - 1)).span(source);
  }
}
