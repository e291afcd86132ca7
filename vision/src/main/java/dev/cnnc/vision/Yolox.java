package dev.cnnc.vision;

import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first output has a row for each cell of each grid: x, y, width, height, the probability of an
 * object, and those of the classes. Places are relative to the cell (YOLOX, {@code
 * demo_postprocess}): {@code (x + column) * stride}, {@code exp(width) * stride}.
 *
 * @param strides of the grids, in the order of the rows
 */
public record Yolox(List<Integer> strides) implements Head {
  private static final int FIRST_CLASS = 5;

  public Yolox {
    strides = List.copyOf(strides);
  }

  @Override
  public Optional<String> refusal(Signature signature) {
    return Cells.refusal(
        signature.outputs().getFirst(), Cells.count(signature, strides), FIRST_CLASS + 1);
  }

  @Override
  public int classes(Signature signature) {
    return Cells.columns(signature.outputs().getFirst().view(), Cells.count(signature, strides))
        - FIRST_CLASS;
  }

  @Override
  public List<Candidate> candidates(Signature signature, float[][] outputs, double least) {
    View input = signature.input();
    float[] rows = outputs[0];
    int classes = classes(signature);
    List<Candidate> found = new ArrayList<>();
    int at = 0;
    for (int stride : strides) {
      int height = Cells.along(input.height(), stride);
      int width = Cells.along(input.width(), stride);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, at += FIRST_CLASS + classes) {
          int best = Best.of(rows, at + FIRST_CLASS, classes, 1);
          float score = rows[at + 4] * rows[at + FIRST_CLASS + best];
          if (score > least) {
            Box box =
                Box.around(
                    (rows[at] + x) * stride,
                    (rows[at + 1] + y) * stride,
                    StrictMath.exp(rows[at + 2]) * stride,
                    StrictMath.exp(rows[at + 3]) * stride);
            found.add(new Candidate(box, score, best, List.of()));
          }
        }
      }
    }
    return found;
  }
}
