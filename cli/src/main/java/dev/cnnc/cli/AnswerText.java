package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.Prediction;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * An answer as text: what the clauses of the network ask, or else the labels of the first output
 * with their probabilities, and the largest values of other outputs.
 *
 * @param top number of lines for each output
 */
record AnswerText(Network network, int top) {

  String of(String looksAt, Answer answer, List<Seen> seen) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%s on %s, %.1f ms\n",
            network.graph().name(),
            looksAt,
            answer.milliseconds()));
    if (!seen.isEmpty()) {
      seen.forEach(each -> each.text(out));
      return out.toString();
    }
    Answer.Output first = answer.outputs().getFirst();
    if (network.labels().isEmpty() || !first.shape().isVector()) {
      values(first, out);
    } else {
      classes(first, out);
    }
    answer.outputs().stream().skip(1).forEach(output -> values(output, out));
    return out.toString();
  }

  private void classes(Answer.Output output, StringBuilder out) {
    List<Prediction> predictions = Prediction.of(output.data(), network.labels());
    for (Prediction prediction : predictions.subList(0, Math.min(top, predictions.size()))) {
      out.append(
          String.format(
              Locale.ROOT, "%8.2f %%  %s\n", 100 * prediction.probability(), prediction.label()));
    }
  }

  private void values(Answer.Output output, StringBuilder out) {
    float[] data = output.data();
    List<Integer> largest =
        IntStream.range(0, data.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer index) -> data[index]).reversed())
            .limit(top)
            .toList();
    out.append(
        "%s %s, the largest %s:\n"
            .formatted(
                output.name(),
                output.shape(),
                largest.size() == 1 ? "value" : largest.size() + " values"));
    for (int index : largest) {
      out.append("%14s  at %s\n".formatted(number(data[index]), place(index, output.shape())));
    }
  }

  /** Six digits, about the precision of a float. */
  private static String number(float value) {
    return Float.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "" + value;
  }

  private static String place(int index, Shape shape) {
    if (shape.isVector()) {
      return Integer.toString(index);
    }
    int row = index / shape.width();
    return "[%s, %s, %s]"
        .formatted(row / shape.height(), row % shape.height(), index % shape.width());
  }
}
