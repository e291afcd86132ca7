package dev.cnnc.compiler.lower;

import java.util.HashSet;
import java.util.Set;

/** Names for values without a name: the name of the node, changed to an unused word. */
public final class ValueNames {

  static final Set<String> KEYWORDS =
      Set.of(
          "network",
          "use",
          "input",
          "weights",
          "labels",
          "preprocess",
          "detect",
          "segment",
          "embed",
          "read",
          "budget",
          "exact",
          "block",
          "part",
          "output",
          "when",
          "then",
          "else",
          "and",
          "or",
          "not");

  /** Longest name made from another, which may have any length. */
  private static final int LONGEST = 180;

  private final Set<String> taken = new HashSet<>(KEYWORDS);

  public ValueNames() {
    taken.addAll(LayerTable.standard().names());
    taken.addAll(Combinators.NAMES);
    taken.addAll(Names.WORDS);
  }

  /** Reserves a name. */
  public void take(String name) {
    taken.add(name);
  }

  /** Whether a word is unused. */
  public boolean isFree(String word) {
    return !taken.contains(word);
  }

  /** Whether a word is part of the grammar, so that nothing can be called so. */
  public static boolean isKeyword(String word) {
    return KEYWORDS.contains(word);
  }

  /**
   * Reserves an unused word similar to {@code name}: other characters than letters and digits are
   * {@code _}, {@code at_} comes before a first character that is no letter, {@code _2} behind a
   * word that is taken.
   */
  public String give(String name) {
    String end = name.substring(Math.max(0, name.length() - LONGEST));
    String word = end.replaceAll("[^A-Za-z0-9_]", "_");
    if (word.isEmpty() || !Character.isLetter(word.charAt(0))) {
      word = "at_" + word;
    }
    String free = word;
    for (int i = 2; !taken.add(free); i++) {
      free = word + "_" + i;
    }
    return free;
  }
}
