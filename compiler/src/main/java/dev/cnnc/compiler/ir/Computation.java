package dev.cnnc.compiler.ir;

import dev.cnnc.runtime.weights.Recipe;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Arithmetic of any values: of elements, of matrices, along axes, over groups, at places. */
public sealed interface Computation extends Op {

  /**
   * Two inputs or more, from the left: {@code (a - b) - c}. A side of 1 is repeated to the length
   * of the others'. Sums and products of equal shapes are {@link Op.Add} and {@link Op.Multiply}.
   */
  record Combine(Operator operator) implements Computation {}

  /** What becomes of two elements. */
  enum Operator {
    ADD,
    SUB,
    MUL,
    DIV,
    MIN,
    MAX,
    POW,
    /** What a division leaves, with the sign of the first. */
    FMOD;

    /** {@code sub}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Two inputs, {@code [n, rows, inner]} and {@code [n, inner, columns]}: in every channel the
   * product of two matrices. One channel is repeated.
   */
  record MatMul() implements Computation {}

  /**
   * Two inputs, a picture and {@code [2, rows, columns]}: the column and the row, in pixels, of the
   * place that each pixel is read from. Between pixels it weighs four of them; beyond the picture
   * is 0.
   */
  record Sample() implements Computation {}

  /** The elements along some axes become one, and their sides 1. */
  record Reduce(Reducer reducer, Axes axes) implements Computation {}

  /** What becomes of many elements. */
  enum Reducer {
    MEAN,
    MAX,
    MIN,
    SUM,
    SUM_SQUARE,
    L1,
    L2;

    /** {@code reduce_sum_square}. */
    public String word() {
      return "reduce_" + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * {@code (x - mean) / sqrt(variance + epsilon) * weight + bias}: mean and variance are those of a
   * group of channels, weight and bias one number a channel.
   */
  record GroupNorm(int groups, Recipe weight, Recipe bias, double epsilon) implements Computation {
    /** Whether files have a weight and a bias for it. */
    public boolean isAffine() {
      return !(weight instanceof Recipe.Filled && bias instanceof Recipe.Filled);
    }
  }

  /**
   * The transpose of a conv: every input pixel adds its filter, times itself, to the output, {@code
   * stride} pixels after the one before; the padding is cut off.
   *
   * @param weight {@code [in, filters / groups, height, width]}
   * @param more rows and columns that are added behind: 0 or more
   */
  record ConvTranspose(
      int filters,
      Window window,
      OutputPadding more,
      int groups,
      Recipe weight,
      Optional<Recipe> bias)
      implements Computation {}

  /** Rows below and columns beyond what the window reaches. */
  record OutputPadding(int rows, int columns) {}

  @Override
  default int inputs(int given) {
    return switch (this) {
      case Combine _ -> Math.max(2, given);
      case MatMul _, Sample _ -> 2;
      case Reduce _, GroupNorm _, ConvTranspose _ -> 1;
    };
  }

  /** Its learned tensors, by the ends of their names. */
  default Map<String, Recipe> tensors() {
    Map<String, Recipe> tensors = new LinkedHashMap<>();
    switch (this) {
      case GroupNorm norm -> {
        if (norm.isAffine()) {
          tensors.put("weight", norm.weight());
          tensors.put("bias", norm.bias());
        }
      }
      case ConvTranspose conv -> {
        tensors.put("weight", conv.weight());
        conv.bias().ifPresent(bias -> tensors.put("bias", bias));
      }
      case Combine _, MatMul _, Sample _, Reduce _ -> {}
    }
    return tensors;
  }

  @Override
  default String word() {
    return switch (this) {
      case Combine(Operator operator) -> operator.word();
      case MatMul _ -> "matmul";
      case Sample _ -> "sample";
      case Reduce(Reducer reducer, _) -> reducer.word();
      case GroupNorm _ -> "groupnorm";
      case ConvTranspose _ -> "conv_transpose";
    };
  }
}
