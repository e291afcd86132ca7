package dev.cnnc.compiler.weights;

import dev.cnnc.runtime.weights.Evaluator;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Rows;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The value of a recipe for other programs: computed in double and rounded once, as in the runtime.
 */
public record RoundedTensor(Recipe recipe, TensorSource source) {

  private static final int CHUNK = 1 << 13;

  /** All elements, row-major. */
  public float[] elements() {
    float[] elements = new float[recipe.shape().stream().reduce(1, Math::multiplyExact)];
    Rows rows = new Evaluator(source).rows(recipe);
    int done = 0;
    for (int index = 0; index < recipe.shape().getFirst(); index++) {
      for (double value : rows.row(index)) {
        elements[done++] = (float) value;
      }
    }
    return elements;
  }

  /** Writes the same elements in little-endian order, with one row in memory at a time. */
  public void write(OutputStream out) throws IOException {
    Rows rows = new Evaluator(source).rows(recipe);
    for (int index = 0; index < recipe.shape().getFirst(); index++) {
      write(rows.row(index), out);
    }
  }

  private static void write(double[] row, OutputStream out) throws IOException {
    byte[] bytes = new byte[Math.min(row.length, CHUNK) * Float.BYTES];
    ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < row.length; ) {
      int end = Math.min(done + CHUNK, row.length);
      chunk.clear();
      while (done < end) {
        chunk.putFloat((float) row[done++]);
      }
      out.write(bytes, 0, chunk.position());
    }
  }
}
