package dev.cnnc.dsl;

import java.util.List;

/**
 * The parts of the text that are not in the tree: comments, and the author's line breaks.
 *
 * <p>Invariant: each comment is returned once, in the order of the text. An empty span, as in trees
 * without a text, has no comments and no line breaks.
 */
final class Margin {

  private final List<Ast.Comment> comments;
  private int next;

  Margin(List<Ast.Comment> comments) {
    this.comments = comments;
  }

  /** Whether a comment inside the span has not been returned yet. */
  boolean hasComments(Span span) {
    int first = firstFrom(span);
    return isWritten(span)
        && first < comments.size()
        && comments.get(first).span().start() < span.end();
  }

  boolean hasCommentsBetween(Span before, Span after) {
    int from = before.end();
    int to = after.start();
    return from < to && hasComments(new Span(before.source(), from, to));
  }

  /** Whether comments between two statements will have their own lines. */
  boolean parts(Span statement, Span following) {
    int first = firstFrom(statement);
    int end = firstFrom(following);
    return end - first > 1 || (end - first == 1 && isAlone(comments.get(first)));
  }

  private int firstFrom(Span place) {
    int low = next;
    int high = comments.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (comments.get(middle).span().start() < place.start()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether a comment before {@code place} has not been returned yet. */
  boolean hasCommentBefore(Span place) {
    return next < comments.size()
        && isWritten(place)
        && comments.get(next).span().start() < place.start();
  }

  boolean isEmpty() {
    return next == comments.size();
  }

  Ast.Comment take() {
    return comments.get(next++);
  }

  /** Whether the comment is the first text on its line. */
  static boolean isAlone(Ast.Comment comment) {
    String text = comment.span().source().text();
    int i = skipBlanks(text, comment.span().start() - 1);
    return !isWritten(comment.span()) || isLineBreak(text, i);
  }

  /** Whether the author left an empty line before the span. */
  static boolean isSetApart(Span span) {
    String text = span.source().text();
    int breaks = 0;
    int i = span.start() - 1;
    while (isWritten(span) && i >= 0 && Character.isWhitespace(text.charAt(i))) {
      breaks += text.charAt(i) == '\n' ? 1 : 0;
      i--;
    }
    return breaks > 1;
  }

  /**
   * Whether the author began a line with the span, or with its arrow, {@code then} or {@code else}.
   */
  static boolean beginsLine(Span span) {
    if (!isWritten(span)) {
      return false;
    }
    String text = span.source().text();
    int i = span.start() - 1;
    do {
      i = skipBlanks(text, i);
    } while (i >= 0 && text.charAt(i) == '(' && i-- >= 0);
    for (String lead : List.of("->", "then", "else")) {
      if (i >= lead.length() && text.startsWith(lead, i + 1 - lead.length())) {
        i = skipBlanks(text, i - lead.length());
        break;
      }
    }
    return i >= 0 && isLineBreak(text, i);
  }

  static boolean isWritten(Span span) {
    return span.end() > span.start();
  }

  private static int skipBlanks(String text, int i) {
    int at = i;
    while (at >= 0 && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at--;
    }
    return at;
  }

  private static boolean isLineBreak(String text, int i) {
    return i < 0 || text.charAt(i) == '\n' || text.charAt(i) == '\r';
  }
}
