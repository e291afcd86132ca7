package dev.cnnc.vision;

import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first output has decoded boxes: x, y of the centre, width, height in the pixels of the input,
 * then the probabilities of the classes. As ultralytics exports them.
 *
 * @param version what the output is
 * @param strides of the grids that the boxes come from
 */
public record Yolo(Version version, List<Integer> strides) implements Head {

  /** The layout of the output. */
  public enum Version {
    /** A row for each of three boxes of each cell, with the probability of an object. */
    V5(5, 3),
    /** A column for each cell: YOLOv8 and later. */
    V8(4, 1);

    private final int firstClass;
    private final int boxes;

    Version(int firstClass, int boxes) {
      this.firstClass = firstClass;
      this.boxes = boxes;
    }
  }

  public Yolo {
    strides = List.copyOf(strides);
  }

  private int boxes(Signature signature) {
    return version.boxes * Cells.count(signature, strides);
  }

  @Override
  public Optional<String> refusal(Signature signature) {
    Signature.Output output = signature.outputs().getFirst();
    int boxes = boxes(signature);
    View view = output.view();
    int fields = boxes == 0 ? 0 : view.size() / boxes;
    boolean good =
        fields > version.firstClass
            && switch (version) {
              case V5 -> Cells.is(view, boxes, fields);
              case V8 -> Cells.is(view, fields, boxes);
            };
    return good
        ? Optional.empty()
        : Optional.of(
            "output %s is %s, not %s"
                .formatted(
                    output.name(),
                    Cells.shape(view),
                    switch (version) {
                      case V5 -> "[%s, 5 + classes]".formatted(boxes);
                      case V8 -> "[4 + classes, %s]".formatted(boxes);
                    }));
  }

  @Override
  public int classes(Signature signature) {
    return signature.outputs().getFirst().view().size() / boxes(signature) - version.firstClass;
  }

  @Override
  public List<Candidate> candidates(Signature signature, float[][] outputs, double least) {
    float[] numbers = outputs[0];
    int classes = classes(signature);
    int boxes = boxes(signature);
    int fields = version.firstClass + classes;
    // Of the fields of a box, and of the boxes.
    int step = version == Version.V8 ? boxes : 1;
    int stride = version == Version.V8 ? 1 : fields;
    List<Candidate> found = new ArrayList<>();
    for (int index = 0; index < boxes; index++) {
      int at = index * stride;
      int best = Best.of(numbers, at + version.firstClass * step, classes, step);
      float score = numbers[at + (version.firstClass + best) * step];
      if (version == Version.V5) {
        score *= numbers[at + 4];
      }
      if (score > least) {
        Box box =
            Box.around(
                numbers[at], numbers[at + step], numbers[at + 2 * step], numbers[at + 3 * step]);
        found.add(new Candidate(box, score, best, List.of()));
      }
    }
    return found;
  }
}
