package dev.cnnc.dsl;

/**
 * A text and its name in diagnostics.
 *
 * @param name the path as the user wrote it
 * @param text all characters
 */
public record Source(String name, String text) {

  /**
   * The text as ANTLR gets it. ANTLR counts code points, this code counts chars, and ANTLR is slow
   * beyond ASCII. So ANTLR gets a substitute for every other character. A byte order mark becomes a
   * space.
   */
  String plain() {
    char[] characters = text.toCharArray();
    for (int i = 0; i < characters.length; i++) {
      if (characters[i] >= 0x7F) {
        characters[i] = i == 0 && characters[i] == '\uFEFF' ? ' ' : (char) 0x7F;
      }
    }
    return new String(characters);
  }

  /** The line and column, both from 1, of the character at {@code offset}. */
  public Position position(int offset) {
    int end = Math.min(offset, text.length());
    int line = 1;
    int start = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    return new Position(line, end - start + 1);
  }

  /** The text of the line that holds the character at {@code offset}, without its line break. */
  public String lineAt(int offset) {
    int end = Math.min(offset, text.length());
    int start = text.lastIndexOf('\n', end - 1) + 1;
    int stop = text.indexOf('\n', end);
    return text.substring(start, stop < 0 ? text.length() : stop).stripTrailing();
  }

  /**
   * A place in a text.
   *
   * @param line from 1
   * @param column from 1
   */
  public record Position(int line, int column) {}
}
