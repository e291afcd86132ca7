package dev.cnnc.cli;

import java.util.Locale;

/** Numbers as tables and lists show them, alike in every country. */
final class Cells {
  private Cells() {}

  /** {@code 4,096,000}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A dash for zero, so that other numbers stand out. */
  static String orDash(long value) {
    return value == 0 ? "-" : count(value);
  }

  /** {@code 4,096 bytes}. */
  static String bytes(long value) {
    return count(value) + " bytes";
  }
}
