package dev.cnnc.compiler.lower;

import java.util.HashSet;
import java.util.Set;

/** Names for values that a graph does not name: the node's, made a word that is still free. */
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

  /** Keeps a name from being given. */
  public void take(String name) {
    taken.add(name);
  }

  /** Whether a word is nobody's yet. */
  public boolean isFree(String word) {
    return !taken.contains(word);
  }

  /** A word like {@code name} that is nobody's yet. */
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
