package dev.cnnc.compiler.onnx;

import static dev.cnnc.compiler.testing.ModelBuilder.whole;
import static dev.cnnc.compiler.testing.ModelBuilder.wholes;

import dev.cnnc.compiler.testing.ModelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators that are spelled with other layers give what ONNX Runtime gives. */
class SpelledOperatorsTest {

  private static final List<Long> PICTURE = List.of(1L, 4L, 2L, 3L);

  /** Equal neighbours, zeros of both signs, and the smallest and largest numbers. */
  private static final float[] NUMBERS = {
    0f, -0f, 0.5f, -0.5f, Float.MIN_VALUE, -Float.MIN_VALUE, //
    3f, 3f, 0.5f, 3e38f, -3e38f, 2f, //
    0.5f, 1f, 0.5f, 1f, 0.25f, -2f, //
    3f, -0f, 0.5000001f, 7f, 0.25f, 2f
  };

  private ModelBuilder builder = new ModelBuilder(13);
  private final List<String> outputs = new ArrayList<>();

  @TempDir private Path folder;

  private String number(String value) {
    return builder.node("Cast", whole("to", 1), value);
  }

  private void give(String value) {
    outputs.add(number(value));
  }

  private void check(float[] picture, double tolerance) throws Exception {
    Onnx.Model model = builder.model(PICTURE, outputs.toArray(String[]::new));
    new SameAsOnnxRuntime(folder).check(model, picture, tolerance);
  }

  /** The second half of the picture, and a row that repeats, and one number. */
  private List<String> others() {
    String row = builder.tensor(List.of(3L), 0.5, 1, -0.5);
    String turned =
        builder.node(
            "Slice", "x", builder.row(3), builder.row(-9), builder.row(1), builder.row(-1));
    return List.of(builder.constant(0.5), row, turned);
  }

  @Test
  void comparisons() throws Exception {
    for (String other : others()) {
      for (String operator : List.of("Greater", "Less", "GreaterOrEqual", "LessOrEqual", "Equal")) {
        give(builder.node(operator, "x", other));
        give(builder.node(operator, other, "x"));
      }
    }
    give(builder.node("Sign", "x"));
    give(builder.node("Cast", whole("to", 9), "x"));
    check(NUMBERS, 0);
  }

  @Test
  void truths() throws Exception {
    String one = builder.node("Greater", "x", builder.constant(0.3));
    String other = builder.node("Less", "x", builder.constant(2.5));
    give(builder.node("And", one, other));
    give(builder.node("Or", one, other));
    give(builder.node("Xor", one, other));
    give(builder.node("Not", one));
    check(NUMBERS, 0);
  }

  @Test
  void choices() throws Exception {
    String some = builder.node("Greater", "x", builder.constant(0.3));
    String known =
        builder.node("Greater", builder.tensor(List.of(3L), 1, -1, 1), builder.constant(0));
    String minus = builder.constant(Double.NEGATIVE_INFINITY);
    String row = builder.tensor(List.of(3L), 5, 6, 7);
    String negative = builder.node("Neg", "x");
    for (String condition : List.of(some, known)) {
      give(builder.node("Where", condition, "x", negative));
      give(builder.node("Where", condition, row, "x"));
      give(builder.node("Where", condition, minus, "x"));
      give(builder.node("Where", condition, "x", minus));
      give(builder.node("Where", condition, row, builder.constant(2)));
    }
    check(NUMBERS, 0);
  }

  @Test
  void places() throws Exception {
    for (int axis = 0; axis < 4; axis++) {
      give(builder.node("ArgMax", List.of(whole("axis", axis)), "x"));
      give(builder.node("ArgMin", List.of(whole("axis", axis), whole("keepdims", 0)), "x"));
      give(
          builder.node("ArgMax", List.of(whole("axis", axis), whole("select_last_index", 1)), "x"));
    }
    check(NUMBERS, 0);
  }

  @Test
  void normsAndReductions() throws Exception {
    float[] picture = NUMBERS.clone();
    for (int i = 0; i < picture.length; i++) {
      picture[i] = Math.clamp(picture[i], -8f, 8f);
    }
    for (int p = 1; p <= 2; p++) {
      give(builder.node("LpNormalization", List.of(whole("axis", 1), whole("p", p)), "x"));
      give(builder.node("GlobalLpPool", List.of(whole("p", p)), "x"));
    }
    give(builder.node("MeanVarianceNormalization", "x"));
    give(builder.node("ReduceLogSumExp", List.of(wholes("axes", 1, 3)), "x"));
    give(builder.node("ReduceLogSum", List.of(wholes("axes", 2)), builder.node("Exp", "x")));
    give(builder.node("Tile", "x", builder.row(1, 2, 3, 2)));
    give(
        builder.node(
            "Clip",
            "x",
            builder.node("ReduceMean", whole("keepdims", 0), "x"),
            builder.constant(2)));
    check(picture, 4e-6);
  }

  @Test
  void productsAndTriangles() throws Exception {
    builder = new ModelBuilder(14);
    float[] picture = new float[NUMBERS.length];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = (i * 7 % 11 - 5) / 3f;
    }
    for (int axis = 1; axis < 4; axis++) {
      give(builder.node("ReduceProd", List.of(wholes("axes", axis), whole("keepdims", 0)), "x"));
    }
    give(builder.node("ReduceProd", "x"));
    give(builder.node("ReduceProd", wholes("axes", 1, 3), "x"));
    give(builder.node("GlobalLpPool", whole("p", 3), "x"));
    String minus = builder.tensor(List.of(2L, 3L), minusInfinities(6));
    for (int upper = 0; upper <= 1; upper++) {
      for (int diagonal = -1; diagonal <= 1; diagonal++) {
        give(builder.node("Trilu", whole("upper", upper), "x", builder.index(diagonal)));
      }
    }
    String mask = builder.node("Trilu", minus, builder.index(1));
    give(builder.node("Softmax", builder.node("Add", "x", mask)));
    check(picture, 1e-5);
  }

  @Test
  void trigonometry() throws Exception {
    float[] picture = NUMBERS.clone();
    for (int i = 0; i < picture.length; i++) {
      picture[i] = Math.clamp(picture[i], -8f, 8f);
    }
    for (String function : List.of("Sin", "Cos", "Tan", "Atan", "Sinh", "Cosh", "Asinh")) {
      give(builder.node(function, "x"));
    }
    String part = builder.node("Mul", "x", builder.constant(0.1));
    for (String function : List.of("Asin", "Acos", "Atanh")) {
      give(builder.node(function, part));
    }
    give(builder.node("Acosh", builder.node("Add", part, builder.constant(2))));
    check(picture, 4e-4); // of a hyperbolic cosine of 8
    outputs.clear();
    String far = builder.node("Mul", "x", builder.constant(12500));
    give(builder.node("Sin", far));
    give(builder.node("Cos", far));
    check(picture, 2e-7);
  }

  private static double[] minusInfinities(int count) {
    double[] all = new double[count];
    Arrays.fill(all, Double.NEGATIVE_INFINITY);
    return all;
  }

  /** Pixels that a transpose has exchanged are not joined in the order in which they lie. */
  @Test
  void tokensOfATransposedPicture() throws Exception {
    for (long[] order : new long[][] {{0, 3, 2, 1}, {0, 2, 3, 1}}) {
      String turned = builder.node("Transpose", wholes("perm", order), "x");
      String pixels = builder.node("Reshape", turned, builder.row(1, 6, 4));
      String first = builder.tensor(List.of(1L, 1L, 4L), 0.5, 1, -0.5, 2);
      outputs.add(builder.node("Concat", whole("axis", 1), pixels, pixels));
      outputs.add(builder.node("Concat", whole("axis", 1), first, pixels));
    }
    check(NUMBERS, 0);
  }
}
