package dev.cnnc.compiler.lower;

import java.util.HashSet;
import java.util.Set;

/** Names for values without a name: the name of the node, changed to an unused word. */
public final class ValueNames {

  static final Set<String> KEYWORDS =
      Set.of(
          "network",
          "input",
          "weights",
          "labels",
          "preprocess",
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

  /** Reserves an unused word similar to {@code name}. */
  public String give(String name) {
    String word = name.replaceAll("[^A-Za-z0-9_]", "_");
    if (!Character.isLetter(word.charAt(0))) {
      word = "at_" + word;
    }
    String free = word;
    for (int i = 2; !taken.add(free); i++) {
      free = word + "_" + i;
    }
    return free;
  }
}
