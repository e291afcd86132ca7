package dev.cnnc.dsl;

import java.util.Optional;

/**
 * The leaves of the tree, from their characters.
 *
 * <p>Invariant: no number is negative or infinite: a sign is an operator.
 */
final class Literals {

  private Literals() {}

  static Ast.Size size(Span span) {
    String text = span.text();
    int cross = text.indexOf('x');
    try {
      int height = Integer.parseInt(text.substring(0, cross));
      int width = Integer.parseInt(text.substring(cross + 1));
      return new Ast.Size(height, width, span);
    } catch (NumberFormatException e) {
      throw new Rejected(SyntaxError.largeSize(span));
    }
  }

  static Ast.Int integer(Span span) {
    try {
      return new Ast.Int(Long.parseLong(span.text()), span);
    } catch (NumberFormatException e) {
      throw new Rejected(SyntaxError.largeInteger(span));
    }
  }

  static Ast.Real real(Span span) {
    double value = Double.parseDouble(span.text());
    if (Double.isInfinite(value)) {
      throw new Rejected(SyntaxError.largeReal(span));
    }
    return new Ast.Real(value, span.text(), span);
  }

  static Ast.Text text(Span span) {
    return new Ast.Text(span.text().substring(1, span.text().length() - 1), span);
  }

  /** The text between the holes of a label. */
  static Optional<Ast.LabelPart> fixed(Span span) {
    String text = span.text();
    if (!text.chars().allMatch(c -> c == '_' || c == '-' || Character.isLetterOrDigit(c))) {
      throw new Rejected(SyntaxError.spacedLabel(span));
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(new Ast.LabelPart.Fixed(text));
  }
}
