package dev.cnnc.dsl;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One word of the text, free of ANTLR, so that everything around the parser is plain Java.
 *
 * <p>Invariant: {@code start < end}, except for the synthetic {@link Kind#END}.
 */
record Token(Kind kind, int start, int end) {

  /** The kinds carry the names of the grammar's tokens: the parser maps one onto the other. */
  enum Kind {
    NETWORK,
    USE,
    INPUT,
    WEIGHTS,
    LABELS,
    PREPROCESS,
    ANSWER,
    BUDGET,
    EXACT,
    BLOCK,
    PART,
    OUTPUT,
    WHEN,
    THEN,
    ELSE,
    AND,
    OR,
    NOT,
    ARROW,
    ASSIGN,
    COLON,
    COMMA,
    SEMICOLON,
    LEFT_PAREN,
    RIGHT_PAREN,
    LEFT_BRACKET,
    RIGHT_BRACKET,
    LEFT_BRACE,
    RIGHT_BRACE,
    PLUS,
    MINUS,
    STAR,
    SLASH,
    PERCENT,
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL,
    EQUAL,
    NOT_EQUAL,
    SIZE,
    INT,
    REAL,
    ID,
    STRING,
    OPEN_STRING,
    COMMENT,
    OTHER,
    END
  }

  private static final List<String> ANSWERS = List.of("detect", "segment", "embed", "read");
  private static final Set<Kind> LEADING = Set.copyOf(EnumSet.range(Kind.NETWORK, Kind.OUTPUT));
  private static final Set<Kind> KEYWORDS = Set.copyOf(EnumSet.range(Kind.NETWORK, Kind.NOT));
  private static final Set<Kind> ARITHMETIC = Set.copyOf(EnumSet.range(Kind.PLUS, Kind.NOT_EQUAL));
  private static final Set<Kind> OPENING =
      Set.of(Kind.LEFT_PAREN, Kind.LEFT_BRACKET, Kind.LEFT_BRACE);
  private static final Set<Kind> CLOSING =
      Set.of(Kind.RIGHT_PAREN, Kind.RIGHT_BRACKET, Kind.RIGHT_BRACE);

  /** Kinds that can end an operand. Faulty characters and texts count as operands. */
  private static final Set<Kind> OPERAND_ENDS =
      Set.of(
          Kind.SIZE,
          Kind.INT,
          Kind.REAL,
          Kind.ID,
          Kind.STRING,
          Kind.OPEN_STRING,
          Kind.OTHER,
          Kind.RIGHT_PAREN,
          Kind.RIGHT_BRACKET,
          Kind.RIGHT_BRACE,
          Kind.EXACT);

  /** The words of the kind, if it is a keyword: those of {@link Kind#ANSWER}, or its name. */
  static List<String> words(Kind kind) {
    return kind == Kind.ANSWER ? ANSWERS : List.of(kind.name().toLowerCase(Locale.ROOT));
  }

  /** Whether a statement can start with it, unless it is a label. */
  boolean isLeadingKeyword() {
    return LEADING.contains(kind);
  }

  boolean isKeyword() {
    return KEYWORDS.contains(kind);
  }

  boolean isArithmetic() {
    return ARITHMETIC.contains(kind);
  }

  /** Whether the token makes the tree one level deeper. */
  boolean nests() {
    return isArithmetic() || kind == Kind.WHEN || kind == Kind.NOT || isLogic();
  }

  private boolean isLogic() {
    return kind == Kind.AND || kind == Kind.OR;
  }

  boolean isNumber() {
    return kind == Kind.INT || kind == Kind.REAL || kind == Kind.SIZE;
  }

  boolean opens() {
    return OPENING.contains(kind);
  }

  boolean closes() {
    return CLOSING.contains(kind);
  }

  /** Whether it is the bracket that closes {@code opening}. */
  boolean closes(Token opening) {
    return switch (opening.kind) {
      case LEFT_PAREN -> kind == Kind.RIGHT_PAREN;
      case LEFT_BRACKET -> kind == Kind.RIGHT_BRACKET;
      default -> kind == Kind.RIGHT_BRACE && opening.kind == Kind.LEFT_BRACE;
    };
  }

  /** Whether a layer, a number or a bracket can end with it. */
  boolean endsOperand() {
    return OPERAND_ENDS.contains(kind);
  }

  Span span(Source source) {
    return new Span(source, start, end);
  }

  String text(Source source) {
    return source.text().substring(start, end);
  }
}
