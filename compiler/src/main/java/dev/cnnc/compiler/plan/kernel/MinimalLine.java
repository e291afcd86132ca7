package dev.cnnc.compiler.plan.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Winograd's minimal filtering of a line of pixels: so many outputs in a row, each of so many taps.
 *
 * <p>With a stride of 2, even and odd pixels never meet under one tap, so they are two lines of
 * stride 1 whose outputs are added: of 3 taps the even pixels meet two, the odd ones the one in the
 * middle. A line of n = outputs + taps - 1 products evaluates polynomials in n - 1 points and
 * infinity; a line of one tap is that many products with the same weight.
 *
 * @param outputs in a row
 * @param taps of the filter
 * @param stride pixels from one output to the next: 1 or 2
 */
public record MinimalLine(int outputs, int taps, int stride) {

  /**
   * Where polynomials are evaluated. Signs in pairs save half of the arithmetic, small ratios keep
   * it exact (Barabasz et al., Error Analysis and Improving the Accuracy of Winograd Convolution,
   * 2020).
   */
  private static final List<Double> POINTS =
      List.of(0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 0.75, -0.75);

  /** Pixels that lie {@code stride} apart, and the taps that they meet. */
  public record Phase(int first, int outputs, int taps) {
    /** Products of the phase. */
    public int products() {
      return outputs + taps - 1;
    }

    /** Products that the first outputs need, if not all are asked for. */
    private int products(int first) {
      return taps == 1 ? first : products() - 1;
    }

    /** Different weights among the products. */
    public int weights() {
      return taps == 1 ? 1 : products();
    }
  }

  /** The number of a point. */
  public static double point(int index) {
    return POINTS.get(index);
  }

  /** The phases, that of the first pixel first. */
  public List<Phase> phases() {
    return IntStream.range(0, Math.min(stride, taps))
        .mapToObj(first -> new Phase(first, outputs, Math.ceilDiv(taps - first, stride)))
        .toList();
  }

  /** Pixels that are read. */
  public int inputs() {
    return (outputs - 1) * stride + taps;
  }

  /** Products, those of one phase after the other. */
  public int products() {
    return phases().stream().mapToInt(Phase::products).sum();
  }

  /** Products for a longer line: what counts only in outputs beyond its end is spared. */
  public int products(int all) {
    int left = all % outputs;
    int end = phases().stream().mapToInt(phase -> phase.products(left)).sum();
    return all / outputs * products() + (left == 0 ? 0 : end);
  }

  /** Products of the longest phase. */
  public int longest() {
    return phases().getFirst().products();
  }

  /** Weights: one for each product, but the last of these for all products from there on. */
  public int weights() {
    return phases().stream().mapToInt(Phase::weights).sum();
  }

  /** From taps to weights: so many factors for each weight. */
  public List<Double> matrix() {
    List<Double> matrix = new ArrayList<>();
    for (Phase phase : phases()) {
      int last = phase.products() - 1;
      for (int i = 0; i < phase.weights(); i++) {
        double[] row = new double[taps];
        if (phase.taps() == 1 || i == last) {
          row[phase.first() + (phase.taps() - 1) * stride] = 1;
        } else {
          double term = 1;
          for (int k = 0; k < last; k++) {
            term /= k == i ? 1 : point(i) - point(k);
          }
          for (int j = 0; j < phase.taps(); j++) {
            row[phase.first() + j * stride] = term;
            term *= point(i);
          }
        }
        Arrays.stream(row).forEach(matrix::add);
      }
    }
    return matrix;
  }
}
