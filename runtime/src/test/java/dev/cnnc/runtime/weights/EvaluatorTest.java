package dev.cnnc.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final Map<String, float[]> TENSORS =
      Map.of(
          "w", new float[] {1, 2, 3, 4, 5, 6},
          "v", new float[] {10, 20, 30, 40, 50, 60},
          "f", new float[] {0.1f, 3},
          "g", new float[] {7, 0.5f});

  private final Evaluator evaluator = new Evaluator((name, shape) -> TENSORS.get(name));
  private final Recipe.Stored w = new Recipe.Stored("w", List.of(2, 3));
  private final Recipe.Stored v = new Recipe.Stored("v", List.of(2, 3));
  private final Recipe.Stored f = new Recipe.Stored("f", List.of(2));
  private final Recipe.Stored g = new Recipe.Stored("g", List.of(2));

  @Test
  void readsStoredRows() {
    Rows rows = evaluator.rows(w);
    assertThat(rows.row(1)).containsExactly(4, 5, 6);
    assertThat(rows.row(0)).containsExactly(1, 2, 3);
  }

  @Test
  void fills() {
    assertThat(evaluator.rows(new Recipe.Filled(2.5, List.of(4, 2, 1))).row(3))
        .containsExactly(2.5, 2.5);
  }

  @Test
  void addsOneAndTheSameTensorToo() {
    assertThat(evaluator.rows(new Recipe.Sum(w, v)).row(1)).containsExactly(44, 55, 66);
    assertThat(evaluator.rows(new Recipe.Sum(w, w)).row(1)).containsExactly(8, 10, 12);
  }

  @Test
  void multipliesRows() {
    assertThat(evaluator.rows(new Recipe.RowProduct(w, f)).row(1)).containsExactly(12, 15, 18);
    assertThat(evaluator.rows(new Recipe.RowProduct(f, g)).row(1)).containsExactly(1.5);
  }

  @Test
  void readsRowsInAnotherShape() {
    Recipe column = new Recipe.Reshaped(new Recipe.Stored("f", List.of(2, 1, 1)), List.of(2));
    assertThat(evaluator.rows(column).row(1)).containsExactly(3);
    assertThat(evaluator.rows(new Recipe.RowProduct(w, column)).row(1)).containsExactly(12, 15, 18);
  }

  @Test
  void transposes() {
    Recipe image = new Recipe.Stored("w", List.of(1, 2, 3));
    Recipe first = new Recipe.Transposed(new Recipe.Transposed(image, 1), 0);
    assertThat(first.shape()).containsExactly(3, 1, 2);
    Rows rows = evaluator.rows(first);
    assertThat(rows.row(0)).containsExactly(1, 4);
    assertThat(rows.row(2)).containsExactly(3, 6);
    assertThat(evaluator.rows(new Recipe.Transposed(w, 0)).row(1)).containsExactly(2, 5);
    assertThat(evaluator.rows(new Recipe.Transposed(new Recipe.Sum(w, v), 0)).row(1))
        .containsExactly(22, 55);
  }

  /** Each pair of axes of a tensor against what the shapes say. */
  @Test
  void transposesEachPair() {
    List<Integer> shape = List.of(2, 3, 4, 5);
    Recipe tensor = new Recipe.Stored("t", shape);
    float[] counted = new float[120];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = i;
    }
    Evaluator counts = new Evaluator((name, size) -> counted);
    for (int axis = 0; axis < 3; axis++) {
      Recipe transposed = new Recipe.Transposed(tensor, axis);
      Rows rows = counts.rows(transposed);
      List<Integer> to = transposed.shape();
      int[] at = new int[4];
      for (int place = 0; place < 120; place++) {
        for (int digit = 3, rest = place; digit >= 0; rest /= to.get(digit--)) {
          at[digit] = rest % to.get(digit);
        }
        int swapped = at[axis];
        at[axis] = at[axis + 1];
        at[axis + 1] = swapped;
        int length = 120 / to.getFirst();
        assertThat(rows.row(place / length)[place % length])
            .as("axis %d, element %d", axis, place)
            .isEqualTo(((at[0] * 3 + at[1]) * 4 + at[2]) * 5 + at[3]);
      }
    }
  }

  /** Rounding in between, to float, would change the last bits. */
  @Test
  void computesInDouble() {
    Recipe factor = new Recipe.RowProduct(f, new Recipe.InverseRoot(g, 1e-5));
    double expected = (double) 0.1f * (1 / Math.sqrt(7 + 1e-5));
    assertThat(evaluator.rows(factor).row(0)).containsExactly(expected);
    assertThat(evaluator.rows(new Recipe.RowProduct(w, factor)).row(0))
        .containsExactly(expected, 2 * expected, 3 * expected);
  }

  @Test
  void refusesShapesThatDoNotFit() {
    assertThatThrownBy(() -> evaluator.rows(new Recipe.Sum(w, f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shapes [2, 3] and [2] differ");
    assertThatThrownBy(() -> evaluator.rows(new Recipe.RowProduct(w, v)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("factors [2, 3] are not one a row of [2, 3]");
    assertThatThrownBy(() -> evaluator.rows(new Recipe.Reshaped(w, List.of(3, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [3, 2] has not the rows of [2, 3]");
  }
}
