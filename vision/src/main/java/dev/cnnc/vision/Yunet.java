package dev.cnnc.vision;

import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * For each stride an output of class scores, one of object scores, one of boxes and one of five
 * landmarks: first all class scores, and so on. As OpenCV decodes them (objdetect/face_detect.cpp):
 * the score is the root of the product, {@code (x + column) * stride}, {@code exp(width) * stride}.
 *
 * @param strides of the grids, in the order of the outputs
 */
public record Yunet(List<Integer> strides) implements Head {
  private static final int LANDMARKS = 5;

  public Yunet {
    strides = List.copyOf(strides);
  }

  @Override
  public Optional<String> refusal(Signature signature) {
    int grids = strides.size();
    Optional<String> another = Cells.outputs(signature, grids, 4);
    if (another.isPresent()) {
      return another;
    }
    List<Signature.Output> outputs = signature.outputs();
    int[] columns = {1, 1, 4, 2 * LANDMARKS};
    for (int index = 0; index < outputs.size(); index++) {
      int rows = Cells.count(signature, List.of(strides.get(index % grids)));
      Optional<String> refusal = Cells.exactly(outputs.get(index), rows, columns[index / grids]);
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
      for (int row = 0; row < outputs[grid].length; row++) {
        double product =
            Math.clamp((double) outputs[grid][row], 0, 1)
                * Math.clamp((double) outputs[grids + grid][row], 0, 1);
        float score = (float) Math.sqrt(product);
        if (score > least) {
          int x = row % width;
          int y = row / width;
          float[] boxes = outputs[2 * grids + grid];
          float[] places = outputs[3 * grids + grid];
          Box box =
              Box.around(
                  (x + (double) boxes[4 * row]) * stride,
                  (y + (double) boxes[4 * row + 1]) * stride,
                  StrictMath.exp(boxes[4 * row + 2]) * stride,
                  StrictMath.exp(boxes[4 * row + 3]) * stride);
          List<Point> points = new ArrayList<>(LANDMARKS);
          for (int at = 2 * LANDMARKS * row; at < 2 * LANDMARKS * (row + 1); at += 2) {
            points.add(
                new Point(
                    (float) ((x + (double) places[at]) * stride),
                    (float) ((y + (double) places[at + 1]) * stride)));
          }
          found.add(new Candidate(box, score, 0, points));
        }
      }
    }
    return found;
  }
}
