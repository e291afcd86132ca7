package dev.cnnc.examples;

import java.util.Map;

/**
 * A number as a lecture prints it: {@code 34,944}, exactly; or {@code 105.4 M}, rounded or cut.
 *
 * @param value the number meant
 * @param unit worth of its last digit; 0 where it is exact
 */
record Printed(double value, double unit) {

  private static final Map<String, Double> UNITS = Map.of("k", 1e3, "M", 1e6, "G", 1e9);

  static Printed of(String text) {
    String[] words = text.strip().split(" ", -1);
    String digits = words[0].replace(",", "");
    double number = Double.parseDouble(digits);
    if (words.length == 1) {
      return new Printed(number, 0);
    }
    double unit = UNITS.get(words[1]);
    int point = digits.indexOf('.');
    int decimals = point < 0 ? 0 : digits.length() - point - 1;
    return new Printed(number * unit, unit * Math.pow(10, -decimals));
  }

  boolean says(long exact) {
    return unit == 0 ? exact == (long) value : Math.abs(exact - value) < unit;
  }
}
