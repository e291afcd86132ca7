package dev.cnnc.vision;

import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds boxes: {@code detect { ... }} in a file.
 *
 * <p>Beside the input and the outputs it allocates one object with its box for each box above the
 * score, and one for each that is returned.
 *
 * @param head what the outputs mean
 * @param score boxes with a larger one are looked at
 * @param overlap boxes that overlap a better one by more are dropped
 * @param agnostic whether boxes of other classes are dropped too
 * @param most boxes that are returned
 */
public record Detector(Head head, double score, double overlap, boolean agnostic, int most)
    implements Answer<List<Detection>> {

  @Override
  public Optional<String> refusal(Signature signature) {
    return head.refusal(signature);
  }

  @Override
  public Optional<Integer> names(Signature signature) {
    return Optional.of(head.classes(signature));
  }

  /** The boxes, the best first; one with a side that is not a number is none. */
  @Override
  public List<Detection> of(
      Signature signature, List<String> labels, float[][] outputs, Placement placement) {
    // As a float: 0.3f is larger than 0.3, but no larger than what the file says of a float.
    List<Candidate> candidates =
        new ArrayList<>(head.candidates(signature, outputs, (float) score));
    candidates.removeIf(each -> each.box().isNowhere());
    return new Suppression(overlap, agnostic, most)
        .kept(candidates).stream().map(each -> detection(each, labels, placement)).toList();
  }

  private static Detection detection(Candidate found, List<String> labels, Placement placement) {
    int index = found.index();
    Box box = found.box();
    return new Detection(
        new Box(
            inside(placement.x(box.left()), placement.width()),
            inside(placement.y(box.top()), placement.height()),
            inside(placement.x(box.right()), placement.width()),
            inside(placement.y(box.bottom()), placement.height())),
        found.score(),
        index,
        index < labels.size() ? labels.get(index) : Integer.toString(index),
        found.landmarks().stream()
            .map(point -> new Point((float) placement.x(point.x()), (float) placement.y(point.y())))
            .toList());
  }

  private static float inside(double place, int side) {
    return (float) Math.clamp(place, 0, side);
  }
}
