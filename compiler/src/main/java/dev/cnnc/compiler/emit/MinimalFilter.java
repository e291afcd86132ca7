package dev.cnnc.compiler.emit;

import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.List;

/**
 * The two transforms of Winograd's F(m, r) on a line of pixels, in n = m + r - 1 products: those of
 * pixels {@code p0} to {@code p(n - 1)} to products {@code q}, and of products {@code p} to outputs
 * {@code q0} to {@code q(m - 1)}.
 *
 * <p>Both evaluate polynomials in the points of {@link Recipe.Winograd#POINTS}. A point and its
 * negative share the even and the odd terms.
 */
final class MinimalFilter {
  private final List<String> lines = new ArrayList<>();

  private MinimalFilter() {}

  /**
   * {@code B^T p}: q of a point is the product of {@code x - point} over all others, x^i read as
   * pi.
   */
  static String spread(int products) {
    MinimalFilter text = new MinimalFilter();
    int last = products - 1;
    text.line("q0", chain(others(last, List.of(0))));
    for (int i = 1; i < last; i += 2) {
      double[] rest = others(last, List.of(i, i + 1));
      text.line("even" + i, chain(shifted(rest)));
      text.line("odd" + i, chain(rest));
      text.pair("q" + i, "q" + (i + 1), "even" + i, "odd" + i, point(i));
    }
    text.line("q" + last, chain(others(last, List.of())));
    return String.join("\n", text.lines) + "\n";
  }

  /** {@code A^T p}: q_j is the sum of {@code point^j} times p, and the last p is the last's own. */
  static String gather(int products, int outputs) {
    MinimalFilter text = new MinimalFilter();
    int last = products - 1;
    for (int i = 1; i < last; i += 2) {
      text.line("sum" + i, "@add(p%s, p%s)".formatted(i, i + 1));
      text.line("difference" + i, "@sub(p%s, p%s)".formatted(i, i + 1));
    }
    for (int output = 0; output < outputs; output++) {
      String of = output % 2 == 0 ? "sum" : "difference";
      String value = of + 1;
      for (int i = 3; i < last; i += 2) {
        value = plus(of + i, Math.pow(point(i), output), value);
      }
      value = output == 0 ? "@add(p0, %s)".formatted(value) : value;
      value = output == outputs - 1 ? "@add(%s, p%s)".formatted(value, last) : value;
      text.line("q" + output, value);
    }
    return String.join("\n", text.lines) + "\n";
  }

  private void line(String name, String value) {
    lines.add("V %s = %s;".formatted(name, value));
  }

  /** The polynomial at a point and at its negative. */
  private void pair(String one, String other, String even, String odd, double point) {
    if (point == 1) {
      line(one, "@add(%s, %s)".formatted(even, odd));
      line(other, "@sub(%s, %s)".formatted(even, odd));
    } else {
      line(one, "@fma(%s, @broadcast(%sf), %s)".formatted(odd, (float) point, even));
      line(other, "@fma(%s, @broadcast(%sf), %s)".formatted(odd, (float) -point, even));
    }
  }

  private static double point(int index) {
    return Recipe.Winograd.POINTS.get(index);
  }

  /** Coefficients, lowest first, of the product of x minus each of the first points but some. */
  private static double[] others(int points, List<Integer> without) {
    double[] product = {1};
    for (int k = 0; k < points; k++) {
      if (!without.contains(k)) {
        double[] next = shifted(product);
        for (int i = 0; i < product.length; i++) {
          next[i] -= point(k) * product[i];
        }
        product = next;
      }
    }
    return product;
  }

  /** Times x. */
  private static double[] shifted(double[] polynomial) {
    double[] times = new double[polynomial.length + 1];
    System.arraycopy(polynomial, 0, times, 1, polynomial.length);
    return times;
  }

  /** The polynomial, whose highest coefficient is 1. */
  private static String chain(double[] polynomial) {
    String value = "p" + (polynomial.length - 1);
    for (int i = polynomial.length - 2; i >= 0; i--) {
      if (polynomial[i] != 0) {
        value = plus("p" + i, polynomial[i], value);
      }
    }
    return value;
  }

  private static String plus(String name, double factor, String value) {
    if (factor == 1) {
      return "@add(%s, %s)".formatted(value, name);
    }
    return factor == -1
        ? "@sub(%s, %s)".formatted(value, name)
        : "@fma(%s, @broadcast(%sf), %s)".formatted(name, (float) factor, value);
  }
}
