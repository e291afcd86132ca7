package dev.cnnc.cli;

import dev.cnnc.compiler.verify.Numbers;
import dev.cnnc.compiler.verify.Steps;
import dev.cnnc.compiler.verify.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What somebody has to know who trusts a comparison: how much it can say. */
final class VerifiedNotes {
  private VerifiedNotes() {}

  static List<String> of(Verdict verdict) {
    List<String> lines = new ArrayList<>();
    for (Verdict.Output output : verdict.outputs()) {
      Numbers numbers = output.numbers();
      if (numbers.finite() > 0 && numbers.finite() < numbers.all()) {
        lines.add(
            "%s of %s numbers of %s are NaN or infinite, as in the reference"
                .formatted(numbers.all() - numbers.finite(), numbers.all(), output.name()));
      }
      if (numbers.constant() && numbers.finite() > 0) {
        lines.add(
            "all numbers of %s are equal, which many faults would not change: try another input"
                .formatted(output.name()));
      }
      steps(output.name(), "the class", output.steps(), lines);
      output.peer().ifPresent(it -> steps(output.name(), "ONNX Runtime", it.steps(), lines));
    }
    for (Verdict.Output output : verdict.amplified()) {
      lines.add(
          ("%s is %s of its largest number off although every layer agrees: the network"
                  + " amplifies roundings, and smaller faults of it are not seen")
              .formatted(output.name(), VerifiedText.number(output.scatter())));
    }
    return lines;
  }

  private static void steps(String output, String who, Steps steps, List<String> lines) {
    if (steps.suffice() && steps.others() > 0) {
      lines.add(
          "%s is quantised: %s of its %s numbers are rounded to another step by %s, %s of them"
                  .formatted(output, steps.others(), steps.all(), who, steps.beyond())
              + " by more than one");
    }
  }
}
