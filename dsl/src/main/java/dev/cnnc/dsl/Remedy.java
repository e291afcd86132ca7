package dev.cnnc.dsl;

import dev.cnnc.dsl.Token.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fixes for the typical mistakes of newcomers. A {@link Complaint} says what the grammar requires;
 * this says what was probably meant.
 *
 * <p>Invariant: as there, only the tokens count.
 */
final class Remedy {

  private static final int LONGEST_QUOTATION = 40;

  /** What a comment looks like that was meant as a division: {@code // 2}. */
  private static final Pattern DIVISION =
      Pattern.compile("[ \\t]*//[ \\t]*(\\w+)[ \\t]*([,)\\]].*)?");

  /** What other languages call {@code use}. */
  private static final Set<String> FOREIGN_USES =
      Set.of("import", "include", "require", "from", "using", "load");

  private static final String OWN_VALUES =
      " has one chain and no values of its own: branches go into add, mul or concat";

  private final Source source;
  private final List<Token> tokens;
  private final int at;

  Remedy(Source source, List<Token> tokens, int at) {
    this.source = source;
    this.tokens = tokens;
    this.at = at;
  }

  /** The fix, if the mistake is a known one. */
  Optional<String> cure() {
    Optional<String> divided = at == 0 ? Optional.empty() : division(source, tokens, at - 1);
    if (divided.isPresent()) {
      return divided;
    }
    if (isPair()) {
      return Optional.of("a size is written %sx%s".formatted(text(at - 1), text(at + 1)));
    }
    if (kind(at) == Kind.LEFT_BRACKET && at > 1 && kind(at - 1) == Kind.ID) {
      return Optional.of("lists have no index: pass each number to its own call");
    }
    return switch (kind(0)) {
      case PREPROCESS, ANSWER -> inSettings();
      case OUTPUT ->
          at == 1 && kind(at) == Kind.ASSIGN
              ? Optional.of("an output has a name: output NAME = ...")
              : inChain();
      case BLOCK, PART ->
          isSecondAssignment() ? Optional.of("a " + text(0) + OWN_VALUES) : inChain();
      case ID -> at == 1 ? unknownStart() : inChain();
      default -> Optional.empty();
    };
  }

  /** The fix for {@code kernel // 2}, if a comment that looks so follows the token. */
  static Optional<String> division(Source source, List<Token> tokens, int index) {
    Token token = tokens.get(index);
    int end = source.text().indexOf('\n', token.end());
    String rest = source.text().substring(token.end(), end < 0 ? source.text().length() : end);
    Matcher comment = DIVISION.matcher(rest.stripTrailing());
    String left = token.text(source);
    return (token.kind() == Kind.ID || token.kind() == Kind.INT) && comment.matches()
        ? Optional.of(
            "// begins a comment; whole numbers are divided by div(%s, %s)"
                .formatted(left.length() <= LONGEST_QUOTATION ? left : "x", comment.group(1)))
        : Optional.empty();
  }

  /** {@code (3, 3)}, as Python writes a size. */
  private boolean isPair() {
    return at > 2
        && kind(at) == Kind.COMMA
        && kind(at - 1) == Kind.INT
        && kind(at - 2) == Kind.LEFT_PAREN
        && kind(at - 3) != Kind.ID
        && kind(at + 1) == Kind.INT
        && kind(at + 2) == Kind.RIGHT_PAREN;
  }

  /** {@code block b() = x = ...}, or an equals sign with the next statement behind it. */
  private boolean isSecondAssignment() {
    boolean body = tokens.subList(0, at).stream().anyMatch(t -> t.kind() == Kind.ASSIGN);
    boolean outside = depth() == 0;
    return body
        && outside
        && ((kind(at) == Kind.ASSIGN && kind(at - 1) == Kind.ID)
            || (at >= tokens.size() && kind(at - 1) == Kind.ASSIGN));
  }

  private Optional<String> unknownStart() {
    if (Splitter.isBareDefinition(tokens)) {
      int close = 2;
      while (kind(close + 1) != Kind.ASSIGN) {
        close++;
      }
      String head = source.text().substring(tokens.getFirst().start(), tokens.get(close).end());
      return Optional.of(
          "a block is written block %s = ..."
              .formatted(head.length() <= LONGEST_QUOTATION ? head : text(0) + "(...)"));
    }
    if (kind(1) == Kind.STRING && FOREIGN_USES.contains(text(0))) {
      return Optional.of("another file is brought in by use" + quoted(1));
    }
    return kind(1) == Kind.PLUS && kind(2) == Kind.ID
        ? Optional.of(
            "values are added by add(%s, %s): output NAME = add(...) -> ..."
                .formatted(text(0), text(2)))
        : Optional.empty();
  }

  private Optional<String> inSettings() {
    if (kind(at) == Kind.COLON && kind(at - 1) == Kind.ID) {
      return Optional.of("a setting has no colon: " + text(at - 1) + quoted(at + 1));
    }
    // The second word was meant as the next setting, and became the value of the first.
    return at > 3 && kind(at - 1) == Kind.ID && kind(at - 2) == Kind.ID && at < tokens.size()
        ? Optional.of("a setting without a value ends with a semicolon: " + text(at - 2) + ";")
        : Optional.empty();
  }

  private Optional<String> inChain() {
    return kind(at) == Kind.ELSE && isBehindChain()
        ? Optional.of("then has one step: put the chain in brackets, then [a -> b] else ...")
        : Optional.empty();
  }

  /** Whether an arrow stands between this {@code else} and its {@code then}. */
  private boolean isBehindChain() {
    int depth = 0;
    boolean arrow = false;
    for (int i = at - 1; i >= 0 && depth >= 0; i--) {
      depth += tokens.get(i).closes() ? 1 : tokens.get(i).opens() ? -1 : 0;
      if (depth == 0 && kind(i) == Kind.THEN) {
        return arrow;
      }
      if (depth == 0 && kind(i) == Kind.COMMA) {
        return false;
      }
      arrow |= depth == 0 && kind(i) == Kind.ARROW;
    }
    return false;
  }

  private int depth() {
    int depth = 0;
    for (Token token : tokens.subList(0, at)) {
      depth += token.opens() ? 1 : token.closes() ? -1 : 0;
    }
    return depth;
  }

  /** A space and the word at i. */
  private String quoted(int i) {
    boolean brief = i < tokens.size() && text(i).length() <= LONGEST_QUOTATION;
    return brief && !tokens.get(i).opens() ? " " + text(i) : " ...";
  }

  private Kind kind(int i) {
    return i < tokens.size() ? tokens.get(i).kind() : Kind.END;
  }

  private String text(int i) {
    return tokens.get(i).text(source);
  }
}
