package dev.cnnc.dsl;

import dev.cnnc.dsl.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds where statements begin, before anything is parsed, so that an error ends with its
 * statement.
 *
 * <p>Invariant: the pieces, joined, are all tokens in order; in a text without errors each is one
 * statement.
 */
final class Splitter {

  private final Source source;
  private final List<Token> tokens;

  /** For each opening bracket the index of the token that closes it, else -1. */
  private final int[] partner;

  private final boolean balanced;

  /** Starts of the rest of a label: its first brace or its colon. */
  private final BitSet labelEnds = new BitSet();

  private Splitter(Source source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
    this.partner = new int[tokens.size()];
    this.balanced = pairBrackets();
    findLabels();
  }

  static List<List<Token>> split(Source source, List<Token> tokens) {
    return new Splitter(source, tokens).pieces();
  }

  /** The name that a statement defines, found without parsing it. */
  static Optional<Ast.Name> definedName(Source source, List<Token> statement) {
    Kind kind = statement.getFirst().kind();
    if (kind == Kind.PREPROCESS || kind == Kind.ANSWER || kind == Kind.USE) {
      return Optional.empty(); // it may name what another statement or file defines
    }
    int at = statement.getFirst().isLeadingKeyword() ? 1 : 0;
    boolean named =
        at == 1
            || (statement.size() > 1 && statement.get(1).kind() == Kind.ASSIGN)
            || isBareDefinition(statement);
    if (!named || at >= statement.size() || statement.get(at).kind() != Kind.ID) {
      return Optional.empty();
    }
    Token name = statement.get(at);
    return Optional.of(new Ast.Name(name.text(source), name.span(source)));
  }

  /** {@code unit(f) = ...}: a block whose keyword was forgotten. */
  static boolean isBareDefinition(List<Token> statement) {
    int depth = 0;
    int i = 1;
    do {
      if (i >= statement.size() || statement.getFirst().kind() != Kind.ID) {
        return false;
      }
      depth += statement.get(i).opens() ? 1 : statement.get(i).closes() ? -1 : 0;
      i++;
    } while (depth > 0);
    return i > 2
        && statement.get(1).kind() == Kind.LEFT_PAREN
        && i < statement.size()
        && statement.get(i).kind() == Kind.ASSIGN;
  }

  private boolean pairBrackets() {
    Arrays.fill(partner, -1);
    boolean sound = true;
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.opens()) {
        open.push(i);
      } else if (token.closes()) {
        if (open.isEmpty() || !token.closes(tokens.get(open.peek()))) {
          sound = false;
        } else {
          partner[open.pop()] = i;
        }
      }
    }
    return sound && open.isEmpty();
  }

  private List<List<Token>> pieces() {
    List<List<Token>> pieces = new ArrayList<>();
    int begin = 0;
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (i > begin && (depth == 0 ? starts(i, true) : startsInBrackets(i))) {
        pieces.add(tokens.subList(begin, i));
        begin = i;
        depth = 0;
      }
      Token token = tokens.get(i);
      depth = token.opens() ? depth + 1 : token.closes() ? Math.max(0, depth - 1) : depth;
    }
    if (begin < tokens.size()) {
      pieces.add(tokens.subList(begin, tokens.size()));
    }
    return pieces;
  }

  private boolean starts(int i, boolean outside) {
    Token token = tokens.get(i);
    boolean complete = endsStatement(tokens.get(i - 1));
    // Text in the middle of a line, before the statement is complete, is a misplaced part of the
    // statement.
    if (!complete && column(token) == 0) {
      return false;
    }
    if (token.isLeadingKeyword()) {
      return !isLabel(i);
    }
    if (token.kind() != Kind.ID) {
      return false;
    }
    // No complete statement continues with these: a block without its keyword, a sum without its
    // name. In braces a sum is the value of a setting.
    if (complete
        && !isHeaded(i)
        && (isDefined(i) || (outside && follows(i, Kind.PLUS) && column(token) > 0))) {
      return true;
    }
    // A name after a keyword is never followed by an arrow; on its own line it begins the next
    // statement.
    return follows(i, Kind.ARROW)
        ? complete || (isHeaded(i) && column(token) > 0)
        : follows(i, Kind.ASSIGN) && !isHeaded(i);
  }

  /** Whether brackets and an equals sign follow. */
  private boolean isDefined(int i) {
    return follows(i, Kind.LEFT_PAREN)
        && partner[i + 1] >= 0
        && follows(partner[i + 1], Kind.ASSIGN);
  }

  /** Whether the name belongs to the keyword before it. */
  private boolean isHeaded(int i) {
    Token previous = tokens.get(i - 1);
    return previous.isLeadingKeyword() && previous.kind() != Kind.EXACT && !isLabel(i - 1);
  }

  /**
   * No statement starts inside brackets. If one seems to start at the beginning of a line, a
   * closing bracket before it is missing. An indented one counts only if brackets do not match,
   * because it may be an argument with a wrong equals sign. A sum counts only then too, because it
   * may be the value of a setting whose name ends the line before.
   */
  private boolean startsInBrackets(int i) {
    int column = column(tokens.get(i));
    return (balanced ? column == 1 : column > 0) && starts(i, !balanced);
  }

  private static boolean endsStatement(Token previous) {
    return previous.endsOperand() || previous.kind() == Kind.SEMICOLON;
  }

  /** Any keyword is a label where a colon, or braces and a colon, follow. */
  private boolean isLabel(int i) {
    return labelEnds.get(i + 1);
  }

  /**
   * Marks each colon, and each brace that leads to one. Works from the right, so that it takes
   * linear time.
   */
  private void findLabels() {
    BitSet tails = new BitSet(tokens.size() + 1);
    for (int i = tokens.size() - 1; i >= 0; i--) {
      Token token = tokens.get(i);
      boolean braces = token.kind() == Kind.LEFT_BRACE && partner[i] >= 0;
      boolean word = token.kind() == Kind.ID || token.isNumber() || token.isKeyword();
      boolean dash = token.kind() == Kind.MINUS;
      labelEnds.set(
          i,
          token.kind() == Kind.COLON
              || (braces && tails.get(partner[i] + 1))
              || (dash && follows(i, Kind.LEFT_BRACE) && labelEnds.get(i + 1)));
      tails.set(i, labelEnds.get(i) || ((word || dash) && tails.get(i + 1)));
    }
  }

  private boolean follows(int i, Kind kind) {
    return i + 1 < tokens.size() && tokens.get(i + 1).kind() == kind;
  }

  /** The column of a token that begins its line, from 1; 0 where something stands before it. */
  private int column(Token token) {
    int i = token.start() - 1;
    while (i >= 0 && (source.text().charAt(i) == ' ' || source.text().charAt(i) == '\t')) {
      i--;
    }
    boolean first = i < 0 || source.text().charAt(i) == '\n' || source.text().charAt(i) == '\r';
    return first ? token.start() - i : 0;
  }
}
