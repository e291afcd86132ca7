package dev.cnnc.vision;

import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * For each stride an output of scores, one of distances to the sides of the box, and perhaps one of
 * landmarks: first all scores, then all distances, then all landmarks. A distance is in strides,
 * from the corner of the cell (insightface, {@code scrfd.py}: {@code distance2bbox}, {@code
 * distance2kps}).
 *
 * @param strides of the grids, in the order of the outputs
 * @param anchors boxes of each cell
 */
public record Scrfd(List<Integer> strides, int anchors) implements Head {

  public Scrfd {
    strides = List.copyOf(strides);
  }

  private int rows(Signature signature, int grid) {
    return anchors * Cells.count(signature, List.of(strides.get(grid)));
  }

  private boolean hasLandmarks(Signature signature) {
    return signature.outputs().size() > 2 * strides.size();
  }

  @Override
  public Optional<String> refusal(Signature signature) {
    int grids = strides.size();
    List<Signature.Output> outputs = signature.outputs();
    if (outputs.size() != 2 * grids && outputs.size() != 3 * grids) {
      return Optional.of(
          "%s strides need %s outputs, or %s with landmarks, but there are %s"
              .formatted(grids, 2 * grids, 3 * grids, outputs.size()));
    }
    for (int grid = 0; grid < grids; grid++) {
      int rows = rows(signature, grid);
      Signature.Output sides = outputs.get(grids + grid);
      Optional<String> refusal =
          Cells.exactly(outputs.get(grid), rows, 1).or(() -> Cells.exactly(sides, rows, 4));
      if (refusal.isEmpty() && hasLandmarks(signature)) {
        refusal = Cells.refusal(outputs.get(2 * grids + grid), rows, 2);
      }
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
      float[] scores = outputs[grid];
      for (int row = 0; row < scores.length; row++) {
        if (scores[row] > least) {
          int cell = row / anchors;
          int line = cell / width;
          double x = (cell - line * width) * (double) stride;
          double y = line * (double) stride;
          float[] sides = outputs[grids + grid];
          Box box =
              new Box(
                  (float) (x - (double) sides[4 * row] * stride),
                  (float) (y - (double) sides[4 * row + 1] * stride),
                  (float) (x + (double) sides[4 * row + 2] * stride),
                  (float) (y + (double) sides[4 * row + 3] * stride));
          List<Point> points = List.of();
          if (hasLandmarks(signature)) {
            float[] places = outputs[2 * grids + grid];
            int numbers = places.length / scores.length;
            points = Cells.landmarks(places, row * numbers, (row + 1) * numbers, x, y, stride);
          }
          found.add(new Candidate(box, scores[row], 0, points));
        }
      }
    }
    return found;
  }
}
