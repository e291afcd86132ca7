package dev.cnnc.vision;

import dev.cnnc.runtime.Signature;
import java.util.List;
import java.util.Optional;

/** What the outputs of a detector mean, before thresholds and suppression. */
public sealed interface Head permits Blazeface, Corners, Scrfd, Ssd, Yolo, Yolox, Yunet {

  /** Why the outputs cannot mean this, if they cannot. */
  Optional<String> refusal(Signature signature);

  /** The number of classes, of outputs that are not refused. */
  int classes(Signature signature);

  /**
   * The boxes with a larger score.
   *
   * @param outputs all, in the order channels, rows, columns
   * @param least score that is not enough
   */
  List<Candidate> candidates(Signature signature, float[][] outputs, double least);
}
