package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import java.util.regex.Pattern;

/** The text of labels: they become names of tensors, of Java methods and of lines in reports. */
final class Labels {

  private static final Pattern GOOD = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private static final Pattern COUNTS = Pattern.compile("\\{[^}]*\\bindex\\b");

  private static final int LONGEST = 200;

  private final Problems problems;
  private final Evaluator evaluator;

  Labels(Problems problems, Evaluator evaluator) {
    this.problems = problems;
    this.evaluator = evaluator;
  }

  /** Whether the rounds of a repetition give different labels. */
  static boolean counts(Ast.Label label) {
    return COUNTS.matcher(label.span().text()).find();
  }

  /** The text of a label. A faulty label is reported and gets a substitute. */
  String text(Ast.Label label, Here here) {
    StringBuilder text = new StringBuilder();
    for (Ast.LabelPart part : label.parts()) {
      switch (part) {
        case Ast.LabelPart.Fixed(String fixed) -> text.append(fixed);
        case Ast.LabelPart.Computed(Ast.Expression value) -> {
          Datum datum = evaluator.evaluate(value, here);
          if (datum instanceof Datum.Int || datum instanceof Datum.Word) {
            text.append(datum.written());
          } else if (!datum.isUnknown()) {
            problems.add(
                Code.E217,
                value.span(),
                here.frame(),
                "a label is made of whole numbers and words, not of " + datum.written());
          }
          if (!(datum instanceof Datum.Int) && !(datum instanceof Datum.Word)) {
            return "unknown";
          }
        }
      }
    }
    if (text.length() > LONGEST || !GOOD.matcher(text).matches()) {
      problems.add(
          Code.E217,
          label.span(),
          here.frame(),
          "a label is made of letters, digits, _ and -, with dots between, %s characters at most"
              .formatted(LONGEST));
      return "unknown";
    }
    return text.toString();
  }
}
