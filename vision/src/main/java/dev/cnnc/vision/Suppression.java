package dev.cnnc.vision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Non-maximum suppression: from the best box to the worst, a box is dropped if it overlaps a kept
 * one by more than a limit, as {@code torchvision.ops.nms} and {@code batched_nms} do.
 *
 * @param overlap the limit, from 0 to 1
 * @param agnostic whether boxes of other classes are dropped too
 * @param most boxes that are kept
 */
record Suppression(double overlap, boolean agnostic, int most) {

  /** As in ultralytics; the time grows with this number times the number of kept boxes. */
  private static final int MOST_CANDIDATES = 30_000;

  /** The kept ones, the best first; of equal scores the one that stands before the other. */
  List<Candidate> kept(List<Candidate> candidates) {
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(Comparator.comparingDouble((Candidate each) -> each.score()).reversed());
    List<Candidate> kept = new ArrayList<>();
    for (Candidate each : sorted.subList(0, Math.min(MOST_CANDIDATES, sorted.size()))) {
      if (kept.size() == most) {
        break;
      }
      if (kept.stream().noneMatch(better -> hides(better, each))) {
        kept.add(each);
      }
    }
    return kept;
  }

  private boolean hides(Candidate better, Candidate other) {
    return (agnostic || better.index() == other.index())
        && better.box().overlap(other.box()) > overlap;
  }
}
