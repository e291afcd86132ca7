package dev.cnnc.dsl;

/**
 * Words that are nearly equal, for fixes: at most two letters differ, and never more than a third
 * of the word.
 */
public final class Spelling {

  private Spelling() {}

  /** Whether {@code written} is probably a misspelling of {@code known}. */
  public static boolean isNear(String written, String known) {
    int longest = Math.max(written.length(), known.length());
    return distance(written, known) <= Math.min(2, longest / 3);
  }

  /** Letters to insert, delete, replace or swap with their neighbour. */
  public static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(last[j], row[j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[b.length()];
  }
}
