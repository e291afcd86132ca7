package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.plan.kernel.MinimalLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The two transforms of a {@link MinimalLine}: those of pixels {@code p0}, {@code p1} and so on to
 * products {@code q}, and of products {@code p} to outputs {@code q}.
 *
 * <p>Both evaluate polynomials in the points of the line. A point and its negative share the even
 * and the odd terms.
 */
final class MinimalFilter {
  private final List<String> lines = new ArrayList<>();

  private MinimalFilter() {}

  /** {@code B^T p}, phase by phase. */
  static String spread(MinimalLine line) {
    MinimalFilter text = new MinimalFilter();
    int base = 0;
    for (MinimalLine.Phase phase : line.phases()) {
      text.spread(phase, base, line.stride());
      base += phase.products();
    }
    return text.text();
  }

  /**
   * q of a point is the product of {@code x - point} over all others, x^i read as the i-th pixel of
   * the phase.
   */
  private void spread(MinimalLine.Phase phase, int base, int stride) {
    List<String> p =
        IntStream.range(0, phase.products())
            .mapToObj(i -> "p" + (phase.first() + i * stride))
            .toList();
    int last = phase.products() - 1;
    if (phase.taps() == 1) {
      IntStream.rangeClosed(0, last).forEach(i -> line("q" + (base + i), p.get(i)));
      return;
    }
    line("q" + base, chain(others(last, List.of(0)), p));
    for (int i = 1; i < last; i += 2) {
      if (i + 1 == last) {
        line("q" + (base + i), chain(others(last, List.of(i)), p));
      } else {
        double[] rest = others(last, List.of(i, i + 1));
        line("even" + (base + i), chain(shifted(rest), p));
        line("odd" + (base + i), chain(rest, p));
        pair(base + i, point(i));
      }
    }
    line("q" + (base + last), chain(others(last, List.of()), p));
  }

  /** {@code A^T p}: the sum over the phases. */
  static String gather(MinimalLine line) {
    MinimalFilter text = new MinimalFilter();
    List<List<String>> values = new ArrayList<>();
    int base = 0;
    for (MinimalLine.Phase phase : line.phases()) {
      values.add(text.gather(phase, base));
      base += phase.products();
    }
    for (int output = 0; output < line.outputs(); output++) {
      String value = values.getFirst().get(output);
      for (List<String> other : values.subList(1, values.size())) {
        value = "@add(%s, %s)".formatted(value, other.get(output));
      }
      text.line("q" + output, value);
    }
    return text.text();
  }

  /** q_j is the sum of {@code point^j} times p, and the last p is the last's own. */
  private List<String> gather(MinimalLine.Phase phase, int base) {
    int last = phase.products() - 1;
    if (phase.taps() == 1) {
      return IntStream.rangeClosed(0, last).mapToObj(i -> "p" + (base + i)).toList();
    }
    for (int i = 1; i + 1 < last; i += 2) {
      String one = "p" + (base + i);
      String other = "p" + (base + i + 1);
      line("sum" + (base + i), "@add(%s, %s)".formatted(one, other));
      line("difference" + (base + i), "@sub(%s, %s)".formatted(one, other));
    }
    List<String> values = new ArrayList<>();
    for (int output = 0; output < phase.outputs(); output++) {
      String value = "";
      for (int i = 1; i < last; i += 2) {
        String of = i + 1 == last ? "p" : output % 2 == 0 ? "sum" : "difference";
        String term = of + (base + i);
        value = i == 1 ? term : plus(term, Math.pow(point(i), output), value);
      }
      value = output == 0 ? "@add(p%s, %s)".formatted(base, value) : value;
      values.add(
          output == phase.outputs() - 1 ? "@add(%s, p%s)".formatted(value, base + last) : value);
    }
    return values;
  }

  private String text() {
    return String.join("\n", lines) + "\n";
  }

  private void line(String name, String value) {
    lines.add("V %s = %s;".formatted(name, value));
  }

  /** The polynomial at a point and at its negative. */
  private void pair(int index, double point) {
    String one = "q" + index;
    String other = "q" + (index + 1);
    String even = "even" + index;
    String odd = "odd" + index;
    if (point == 1) {
      line(one, "@add(%s, %s)".formatted(even, odd));
      line(other, "@sub(%s, %s)".formatted(even, odd));
    } else {
      line(one, "@fma(%s, @broadcast(%sf), %s)".formatted(odd, (float) point, even));
      line(other, "@fma(%s, @broadcast(%sf), %s)".formatted(odd, (float) -point, even));
    }
  }

  private static double point(int index) {
    return MinimalLine.point(index);
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
  private static String chain(double[] polynomial, List<String> p) {
    String value = p.get(polynomial.length - 1);
    for (int i = polynomial.length - 2; i >= 0; i--) {
      if (polynomial[i] != 0) {
        value = plus(p.get(i), polynomial[i], value);
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
