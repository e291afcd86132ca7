package dev.cnnc.compiler.lower;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the name that was probably meant: the one with the fewest letters inserted, dropped,
 * replaced or swapped.
 */
public final class Nearest {

  /** Longer words are not typing errors, and the table grows with the square of the length. */
  private static final int LONGEST = 64;

  private static final int MOST = 1000;

  private Nearest() {}

  /** The nearest of {@code names}, if at most a third of its letters differ. */
  public static Optional<String> to(String word, Collection<String> names) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    int allowed = Math.max(1, word.length() / 3);
    return names.stream()
        .limit(MOST)
        .filter(name -> Math.abs(name.length() - word.length()) <= allowed)
        .filter(name -> distance(word, name) <= allowed)
        .min(Comparator.<String>comparingInt(n -> distance(word, n)).thenComparing(n -> n));
  }

  /** {@code did you mean NAME?}. */
  static Optional<String> question(String word, Collection<String> names) {
    return to(word, names).map(name -> "did you mean " + name + "?");
  }

  private static int distance(String a, String b) {
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        table[i][j] = Math.max(i, j);
        if (i > 0 && j > 0) {
          int replaced = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
          table[i][j] = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        }
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
        }
      }
    }
    return table[a.length()][b.length()];
  }
}
