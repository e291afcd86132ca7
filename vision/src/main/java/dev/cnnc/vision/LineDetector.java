package dev.cnnc.vision;

import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds lines of text: {@code detect { head db }} in a file. The first output is one channel with
 * the probability that a pixel is in the middle of a line. Connected pixels above a threshold
 * become the smallest rectangle around them, which is grown to the whole line (M. Liao and others,
 * Real-time Scene Text Detection with Differentiable Binarization, 2020; PaddleOCR, {@code
 * DBPostProcess} with {@code score_mode="fast"}, without its rectangles of holes).
 *
 * <p>Beside the input and the outputs it allocates five bytes for each pixel of the output, and a
 * few objects for each component.
 *
 * @param threshold of pixels
 * @param score rectangles need a larger mean of their pixels
 * @param unclip how far rectangles grow: by area * unclip / perimeter
 * @param most lines that are returned
 */
public record LineDetector(double threshold, double score, double unclip, int most)
    implements Answer<List<Region>> {

  /** Shorter sides of rectangles are at least so long, in pixels of the output. */
  private static final double LEAST = 3;

  /** The same of rectangles that have grown. */
  private static final double LEAST_GROWN = 5;

  /** Lines whose upper left corners differ by fewer rows of the picture stand side by side. */
  private static final double SAME_ROW = 10;

  @Override
  public Optional<String> refusal(Signature signature) {
    Signature.Output output = signature.outputs().getFirst();
    View view = output.view();
    return view.channels() == 1 && view.height() > 1 && view.width() > 1
        ? Optional.empty()
        : Optional.of(
            "output %s is %s, not one map: [1, rows, columns]"
                .formatted(output.name(), Cells.shape(view)));
  }

  @Override
  public Optional<Integer> names(Signature signature) {
    return Optional.empty();
  }

  /** The lines, from top to bottom, and from left to right where they stand side by side. */
  @Override
  public List<Region> of(
      Signature signature, List<String> labels, float[][] outputs, Placement placement) {
    View map = signature.outputs().getFirst().view();
    double across = (double) signature.input().width() / map.width();
    double down = (double) signature.input().height() / map.height();
    List<Region> found = new ArrayList<>();
    for (List<Rectangle.Place> hull :
        Components.hulls(outputs[0], map.width(), map.height(), (float) threshold)) {
      Rectangle core = Rectangle.around(hull);
      if (core.shorter() < LEAST) {
        continue;
      }
      double mean = mean(outputs[0], map, core);
      Rectangle whole = core.unclipped(unclip);
      if (mean > score && whole.shorter() >= LEAST_GROWN) {
        List<Point> corners =
            whole.corners().stream()
                .map(
                    corner ->
                        new Point(
                            (float) placement.x(corner.x() * across),
                            (float) placement.y(corner.y() * down)))
                .toList();
        found.add(
            new Region(
                new Quadrilateral(corners.get(0), corners.get(1), corners.get(2), corners.get(3)),
                (float) mean));
      }
    }
    return read(best(found));
  }

  private List<Region> best(List<Region> found) {
    return found.stream()
        .sorted(Comparator.comparingDouble((Region each) -> each.score()).reversed())
        .limit(most)
        .toList();
  }

  /** In the order of reading (PaddleOCR, {@code sorted_boxes}). */
  private static List<Region> read(List<Region> found) {
    List<Region> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparingDouble((Region each) -> each.corners().topLeft().y())
            .thenComparingDouble(each -> each.corners().topLeft().x()));
    for (int index = 1; index < sorted.size(); index++) {
      for (int at = index; at > 0; at--) {
        Point before = sorted.get(at - 1).corners().topLeft();
        Point here = sorted.get(at).corners().topLeft();
        if (Math.abs(here.y() - before.y()) >= SAME_ROW || here.x() >= before.x()) {
          break;
        }
        sorted.set(at, sorted.set(at - 1, sorted.get(at)));
      }
    }
    return List.copyOf(sorted);
  }

  /** Of the pixels whose centres lie in the rectangle. */
  private static double mean(float[] map, View view, Rectangle rectangle) {
    int top = Math.max(0, (int) (rectangle.y() - rectangle.reachDown() - 1));
    int bottom = Math.min(view.height() - 1, (int) (rectangle.y() + rectangle.reachDown() + 1));
    int left = Math.max(0, (int) (rectangle.x() - rectangle.reachAcross() - 1));
    int right = Math.min(view.width() - 1, (int) (rectangle.x() + rectangle.reachAcross() + 1));
    double sum = 0;
    int count = 0;
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        if (rectangle.holds(column + 0.5, row + 0.5)) {
          sum += map[row * view.width() + column];
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
