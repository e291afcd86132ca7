package dev.cnnc.vision;

import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * For each stride an output of logits, then for each stride one of boxes with landmarks. All places
 * are in pixels of the input, relative to the centre of the cell: x, y, width, height, then x and y
 * of each landmark (MediaPipe, {@code tensors_to_detections_calculator.cc}, with the anchors of
 * {@code ssd_anchors_calculator.cc} of fixed size).
 *
 * @param strides of the grids, in the order of the outputs
 * @param anchors boxes of each cell, for each grid
 */
public record Blazeface(List<Integer> strides, List<Integer> anchors) implements Head {
  private static final int FIELDS = 4;

  public Blazeface {
    strides = List.copyOf(strides);
    anchors = List.copyOf(anchors);
  }

  private int rows(Signature signature, int grid) {
    return anchors.get(grid) * Cells.count(signature, List.of(strides.get(grid)));
  }

  @Override
  public Optional<String> refusal(Signature signature) {
    int grids = strides.size();
    if (anchors.size() != grids) {
      return Optional.of(
          "there are %s strides, but anchors for %s of them".formatted(grids, anchors.size()));
    }
    Optional<String> another = Cells.outputs(signature, grids, 2);
    if (another.isPresent()) {
      return another;
    }
    List<Signature.Output> outputs = signature.outputs();
    for (int grid = 0; grid < grids; grid++) {
      int rows = rows(signature, grid);
      Signature.Output places = outputs.get(grids + grid);
      Optional<String> refusal =
          Cells.exactly(outputs.get(grid), rows, 1).or(() -> Cells.refusal(places, rows, FIELDS));
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  @Override
  public int classes(Signature signature) {
    return 1;
  }

  @Override
  public List<Candidate> candidates(Signature signature, float[][] outputs, double least) {
    View input = signature.input();
    int grids = strides.size();
    List<Candidate> found = new ArrayList<>();
    for (int grid = 0; grid < grids; grid++) {
      int stride = strides.get(grid);
      int width = Cells.along(input.width(), stride);
      float[] logits = outputs[grid];
      float[] places = outputs[grids + grid];
      int fields = places.length / logits.length;
      for (int row = 0; row < logits.length; row++) {
        double score = 1 / (1 + StrictMath.exp(-logits[row]));
        if (score > least) {
          int cell = row / anchors.get(grid);
          int line = cell / width;
          double x = (cell - line * width + 0.5) * stride;
          double y = (line + 0.5) * stride;
          int at = row * fields;
          Box box = Box.around(x + places[at], y + places[at + 1], places[at + 2], places[at + 3]);
          List<Point> points = Cells.landmarks(places, at + FIELDS, at + fields, x, y, 1);
          found.add(new Candidate(box, (float) score, 0, points));
        }
      }
    }
    return found;
  }
}
