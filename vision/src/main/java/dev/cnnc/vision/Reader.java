package dev.cnnc.vision;

import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.List;
import java.util.Optional;

/**
 * Reads a line: {@code read { ctc "keys.txt" }} in a file. The first output has a row for each step
 * along the line, with the probabilities of a blank and of the characters; the names of the classes
 * are the characters. Of each row the best counts; repetitions are one character, and blanks are
 * none (PaddleOCR, {@code CTCLabelDecode}).
 *
 * @param space whether a space comes after the characters, as {@code use_space_char} says there
 */
public record Reader(boolean space) implements Answer<Line> {

  /** Characters of the output beside those of the file. */
  private int extra() {
    return space ? 2 : 1;
  }

  @Override
  public Optional<String> refusal(Signature signature) {
    Signature.Output output = signature.outputs().getFirst();
    int classes = classes(output.view());
    return classes > extra()
        ? Optional.empty()
        : Optional.of(
            "output %s is %s, not [steps, characters]"
                .formatted(output.name(), Cells.shape(output.view())));
  }

  /** The last axis with more than one element. */
  private static int classes(View view) {
    return view.width() > 1 ? view.width() : view.height() > 1 ? view.height() : view.channels();
  }

  @Override
  public Optional<Integer> names(Signature signature) {
    return Optional.of(classes(signature.outputs().getFirst().view()) - extra());
  }

  @Override
  public Line of(Signature signature, List<String> labels, float[][] outputs, Placement placement) {
    float[] rows = outputs[0];
    int classes = classes(signature.outputs().getFirst().view());
    StringBuilder text = new StringBuilder();
    double sum = 0;
    int count = 0;
    int before = 0;
    for (int at = 0; at < rows.length; at += classes) {
      int best = Best.of(rows, at, classes, 1);
      if (best != 0 && best != before) {
        text.append(best <= labels.size() ? labels.get(best - 1) : " ");
        sum += rows[at + best];
        count++;
      }
      before = best;
    }
    return new Line(text.toString(), count == 0 ? 0 : sum / count);
  }
}
