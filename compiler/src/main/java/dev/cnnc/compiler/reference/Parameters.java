package dev.cnnc.compiler.reference;

import dev.cnnc.runtime.weights.Evaluator;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Rows;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.Optional;

/** Learned numbers, as the reference wants them: large ones by row, small ones whole. */
record Parameters(Evaluator evaluator) {

  static Parameters of(TensorSource source) {
    return new Parameters(new Evaluator(source));
  }

  Rows rows(Recipe recipe) {
    return evaluator.rows(recipe);
  }

  /** All elements, row-major. */
  double[] all(Recipe recipe) {
    int size = recipe.shape().stream().reduce(1, Math::multiplyExact);
    int count = recipe.shape().getFirst();
    double[] all = new double[size];
    Rows rows = rows(recipe);
    for (int row = 0; row < count; row++) {
      System.arraycopy(rows.row(row), 0, all, row * (size / count), size / count);
    }
    return all;
  }

  /** A bias, zeros where there is none. */
  double[] bias(Optional<Recipe> bias, int size) {
    return bias.map(this::all).orElseGet(() -> new double[size]);
  }
}
