package dev.cnnc.compiler.lower;

/**
 * A prefix of names and the number that its next unlabelled member takes: the network itself, a
 * block call, a labelled group or repetition.
 */
final class Scope {

  private static final int DIGITS_THAT_COUNT = 9;

  private final String prefix;
  private int next;

  Scope(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  /**
   * The full name of a member with this label. The count continues after a label that is a number.
   */
  String name(String label) {
    if (!label.isEmpty()
        && label.length() <= DIGITS_THAT_COUNT
        && label.chars().allMatch(c -> c >= '0' && c <= '9')) {
      next = Integer.parseInt(label) + 1;
    }
    return member(label);
  }

  /** The full name of a member that takes no number. */
  String member(String word) {
    return prefix.isEmpty() ? word : prefix + "." + word;
  }

  /** The full name of the next unlabelled member. */
  String number() {
    return name(Integer.toString(next));
  }
}
