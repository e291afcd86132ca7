package dev.cnnc.vision;

import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Each box is relative to a prior: {@code centre + x * variance * size}, {@code size * exp(width *
 * variance)}. The first class is the background. SSD, UltraFace ({@code
 * box_utils.convert_locations_to_boxes}) and RetinaFace ({@code decode}, {@code decode_landm}).
 *
 * <p>A grid has a cell for each stride that begins inside the input; its centre is {@code (column +
 * 0.5) * stride}. The priors of a cell follow each other.
 *
 * @param boxes which output has four numbers for each prior
 * @param scores which output has the numbers of the classes, the background first
 * @param landmarks which output has x and y of each landmark; -1 if none has
 * @param strides of the grids, in the order of the priors
 * @param priors the boxes of a cell, for each grid
 * @param centre variance of x and y
 * @param size variance of width and height
 * @param softmax whether the scores are logits
 */
public record Ssd(
    int boxes,
    int scores,
    int landmarks,
    List<Integer> strides,
    List<List<Prior>> priors,
    double centre,
    double size,
    boolean softmax)
    implements Head {

  /** A box of a cell, in the pixels of the input. */
  public record Prior(double height, double width) {}

  public Ssd {
    strides = List.copyOf(strides);
    priors = priors.stream().map(List::copyOf).toList();
  }

  private static int along(int side, int stride) {
    return Math.ceilDiv(side, stride);
  }

  private int count(Signature signature) {
    View input = signature.input();
    long all = 0;
    for (int grid = 0; grid < strides.size(); grid++) {
      int stride = strides.get(grid);
      all +=
          (long) along(input.height(), stride)
              * along(input.width(), stride)
              * priors.get(grid).size();
    }
    return Math.toIntExact(all);
  }

  @Override
  public Optional<String> refusal(Signature signature) {
    if (priors.size() != strides.size()) {
      return Optional.of(
          "there are %s strides, but anchors for %s of them"
              .formatted(strides.size(), priors.size()));
    }
    int rows = count(signature);
    return Cells.exactly(signature.outputs().get(boxes), rows, 4)
        .or(() -> Cells.refusal(signature.outputs().get(scores), rows, 2))
        .or(
            () ->
                landmarks < 0
                    ? Optional.empty()
                    : Cells.refusal(signature.outputs().get(landmarks), rows, 2));
  }

  @Override
  public int classes(Signature signature) {
    return signature.outputs().get(scores).view().size() / count(signature) - 1;
  }

  @Override
  public List<Candidate> candidates(Signature signature, float[][] outputs, double least) {
    View input = signature.input();
    int columns = classes(signature) + 1;
    int points = landmarks < 0 ? 0 : outputs[landmarks].length / count(signature) / 2;
    List<Candidate> found = new ArrayList<>();
    double[] probabilities = new double[columns];
    int row = 0;
    for (int grid = 0; grid < strides.size(); grid++) {
      int stride = strides.get(grid);
      for (int y = 0; y < along(input.height(), stride); y++) {
        for (int x = 0; x < along(input.width(), stride); x++) {
          for (Prior prior : priors.get(grid)) {
            probabilities(outputs[scores], row * columns, probabilities);
            for (int index = 1; index < columns; index++) {
              if (probabilities[index] > least) {
                found.add(
                    candidate(
                        new Place((x + 0.5) * stride, (y + 0.5) * stride, prior),
                        outputs,
                        row,
                        points,
                        index - 1,
                        (float) probabilities[index]));
              }
            }
            row++;
          }
        }
      }
    }
    return found;
  }

  private void probabilities(float[] numbers, int at, double[] into) {
    double sum = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int index = 0; index < into.length; index++) {
      most = Math.max(most, numbers[at + index]);
    }
    for (int index = 0; index < into.length; index++) {
      into[index] = softmax ? StrictMath.exp(numbers[at + index] - most) : numbers[at + index];
      sum += into[index];
    }
    for (int index = 0; softmax && index < into.length; index++) {
      into[index] /= sum;
    }
  }

  private Candidate candidate(
      Place place, float[][] outputs, int row, int points, int index, float score) {
    float[] numbers = outputs[boxes];
    int at = 4 * row;
    Box box =
        Box.around(
            place.x(centre * numbers[at]),
            place.y(centre * numbers[at + 1]),
            place.prior.width * StrictMath.exp(size * numbers[at + 2]),
            place.prior.height * StrictMath.exp(size * numbers[at + 3]));
    List<Point> found = new ArrayList<>(points);
    for (int point = 0; point < points; point++) {
      int from = 2 * (row * points + point);
      found.add(
          new Point(
              (float) place.x(centre * outputs[landmarks][from]),
              (float) place.y(centre * outputs[landmarks][from + 1])));
    }
    return new Candidate(box, score, index, found);
  }

  /** A prior at its place. */
  private record Place(double centreX, double centreY, Prior prior) {
    double x(double widths) {
      return centreX + widths * prior.width;
    }

    double y(double heights) {
      return centreY + heights * prior.height;
    }
  }
}
