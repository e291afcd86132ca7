package dev.cnnc.dsl;

import dev.cnnc.dsl.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rejects texts that would overflow a recursive parser, and errors that a loop explains better than
 * a grammar.
 *
 * <p>Invariant: in a text that passes, brackets match, and the tree is at most {@link
 * #MOST_BRACKETS} plus {@link #MOST_OPERATORS} levels of brackets and operators deep, so that every
 * later stage may recurse over it.
 */
final class Screening {

  /** Enough for the graph of a network with some ten thousand layers. */
  static final int MOST_CHARACTERS = 4 << 20;

  static final int MOST_BRACKETS = 200;

  /** The parser's own tree of this many words takes some 200 MB. */
  static final int MOST_WORDS = 300_000;

  /** Twice as many as a network may have layers. */
  static final int MOST_STATEMENTS = 200_000;

  /** On one path from the statement to the innermost operand, over all brackets. */
  static final int MOST_OPERATORS = 200;

  private static final Map<String, String> CURES =
      Map.ofEntries(
          Map.entry("#", "a comment starts with //"),
          Map.entry("'", "a text stands in double quotes"),
          Map.entry("\u201C", "a text stands in straight double quotes"),
          Map.entry("\u201D", "a text stands in straight double quotes"),
          Map.entry("\u2192", "write ->"),
          Map.entry("\u2013", "write -"),
          Map.entry("\u00D7", "write 3x3 for a size, * for a product"),
          Map.entry("\u2264", "write <="),
          Map.entry("\u2265", "write >="),
          Map.entry("\u00A0", "write a plain space"),
          Map.entry("&", "write and"),
          Map.entry("|", "write or"),
          Map.entry("!", "write not, or != between two numbers"),
          Map.entry("?", "write when condition then layer"),
          Map.entry(
              ".",
              "a number has digits on both sides of its point; a dotted name stands in quotes"));

  private Screening() {}

  /** The error of the file as a whole, if any. */
  static Optional<Diagnostic> file(Source source) {
    String text = source.text();
    if (text.length() > MOST_CHARACTERS) {
      Span first = new Span(source, 0, 0);
      return Optional.of(SyntaxError.tooLarge(first, text.length(), MOST_CHARACTERS));
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Decoders put U+FFFD where the bytes are not UTF-8.
      if ((c < ' ' && "\t\n\f\r".indexOf(c) < 0) || c == '\uFFFD') {
        return Optional.of(SyntaxError.notText(new Span(source, i, i + 1), c));
      }
    }
    return Optional.empty();
  }

  /** The error of a statement before it is parsed, if any. */
  static Optional<Diagnostic> statement(Source source, List<Token> tokens) {
    if (tokens.size() > MOST_WORDS) {
      Span first = tokens.getFirst().span(source);
      return Optional.of(SyntaxError.longStatement(first, tokens.size(), MOST_WORDS));
    }
    return characters(source, tokens)
        .or(() -> brackets(source, tokens))
        .or(() -> operators(source, tokens));
  }

  private static Optional<Diagnostic> characters(Source source, List<Token> tokens) {
    for (Token token : tokens) {
      if (token.kind() == Kind.OPEN_STRING) {
        return Optional.of(SyntaxError.openText(token.span(source)));
      }
      if (token.kind() == Kind.OTHER) {
        int character = source.text().codePointAt(token.start());
        int end = token.start() + Character.charCount(character);
        String shown =
            DiagnosticPrinter.isVisible(character)
                ? Character.toString(character)
                : "U+%04X".formatted(character);
        String cure = CURES.getOrDefault(Character.toString(character), "");
        Span span = new Span(source, token.start(), end);
        return Optional.of(SyntaxError.character(span, shown, cure));
      }
    }
    return Optional.empty();
  }

  private static Optional<Diagnostic> brackets(Source source, List<Token> tokens) {
    Deque<Token> open = new ArrayDeque<>();
    for (Token token : tokens) {
      if (token.opens()) {
        open.push(token);
        if (open.size() > MOST_BRACKETS) {
          return Optional.of(SyntaxError.tooManyBrackets(token.span(source), MOST_BRACKETS));
        }
      } else if (token.closes()) {
        if (open.isEmpty()) {
          return Optional.of(SyntaxError.nothingToClose(token.span(source)));
        }
        Token opening = open.pop();
        if (!token.closes(opening)) {
          return Optional.of(SyntaxError.wronglyClosed(token.span(source), opening.span(source)));
        }
      }
    }
    return open.isEmpty() ? Optional.empty() : Optional.of(neverClosed(source, tokens, open.pop()));
  }

  /** A comment that begins as a division may hide what closes. */
  private static Diagnostic neverClosed(Source source, List<Token> tokens, Token opening) {
    Optional<String> cure = Optional.empty();
    for (int at = tokens.indexOf(opening); at < tokens.size() && cure.isEmpty(); at++) {
      cure = Remedy.division(source, tokens, at);
    }
    return SyntaxError.neverClosed(opening.span(source), cure);
  }

  private static Optional<Diagnostic> operators(Source source, List<Token> tokens) {
    Deque<Integer> outside = new ArrayDeque<>();
    int path = 0;
    for (Token token : tokens) {
      if (token.opens()) {
        outside.push(path);
      } else if (token.closes()) {
        path = outside.pop();
      } else if (token.kind() == Kind.ARROW
          || token.kind() == Kind.COMMA
          || token.kind() == Kind.SEMICOLON) {
        path = outside.isEmpty() ? 0 : outside.peek();
      } else if (token.nests() && ++path > MOST_OPERATORS) {
        return Optional.of(SyntaxError.tooManyOperators(token.span(source), MOST_OPERATORS));
      }
    }
    return Optional.empty();
  }
}
