package dev.cnnc.dsl;

/**
 * A range of characters of one source; every node and every diagnostic has one.
 *
 * @param source where
 * @param start the first character, from 0
 * @param end behind the last character; never less than {@code start}
 */
public record Span(Source source, int start, int end) {

  /** From the start of this one to the end of {@code last}. */
  public Span to(Span last) {
    return new Span(source, start, Math.max(end, last.end));
  }

  /** The characters themselves. */
  public String text() {
    return source.text().substring(start, end);
  }

  /** {@code name:line:column} of the first character. */
  @Override
  public String toString() {
    Source.Position position = source.position(start);
    return source.name() + ":" + position.line() + ":" + position.column();
  }
}
