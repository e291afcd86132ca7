package dev.cnnc.vision;

import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Boxes that the network has decoded: left, top, right and bottom as parts of the input, from 0 to
 * 1. The scores are probabilities, and their first class is the background. As the ONNX files of
 * UltraFace have them ({@code box_utils.center_form_to_corner_form} is a part of the network).
 *
 * @param boxes which output has four numbers for each box
 * @param scores which output has the numbers of the classes, the background first
 */
public record Corners(int boxes, int scores) implements Head {

  private int rows(Signature signature) {
    return signature.outputs().get(boxes).view().size() / 4;
  }

  @Override
  public Optional<String> refusal(Signature signature) {
    Signature.Output places = signature.outputs().get(boxes);
    if (!Cells.is(places.view(), rows(signature), 4)) {
      return Optional.of(
          "output %s is %s, not [boxes, 4]".formatted(places.name(), Cells.shape(places.view())));
    }
    return Cells.refusal(signature.outputs().get(scores), rows(signature), 2);
  }

  @Override
  public int classes(Signature signature) {
    return signature.outputs().get(scores).view().size() / rows(signature) - 1;
  }

  @Override
  public List<Candidate> candidates(Signature signature, float[][] outputs, double least) {
    View input = signature.input();
    float[] places = outputs[boxes];
    int columns = classes(signature) + 1;
    List<Candidate> found = new ArrayList<>();
    for (int row = 0; row < rows(signature); row++) {
      for (int index = 1; index < columns; index++) {
        float score = outputs[scores][row * columns + index];
        if (score > least) {
          Box box =
              new Box(
                  places[4 * row] * input.width(),
                  places[4 * row + 1] * input.height(),
                  places[4 * row + 2] * input.width(),
                  places[4 * row + 3] * input.height());
          found.add(new Candidate(box, score, index - 1, List.of()));
        }
      }
    }
    return found;
  }
}
