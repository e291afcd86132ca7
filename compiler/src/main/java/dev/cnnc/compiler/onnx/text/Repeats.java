package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.lower.Syntax;
import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes equal steps in a row once: {@code [conv(64, 3x3) -> relu] * 2}. */
final class Repeats {

  private static final int LONGEST = 12;

  private Repeats() {}

  static List<Ast.Expression> of(List<Ast.Expression> steps) {
    List<Ast.Expression> made = new ArrayList<>();
    int next = 0;
    while (next < steps.size()) {
      int numbered = numbered(steps, next);
      int length = length(steps, next);
      int times = count(steps, next, length);
      if (numbered > 2) {
        made.add(counted(steps.get(next), numbered));
        next += numbered;
      } else if (times > 1) {
        made.add(repeated(steps.subList(next, next + length), times));
        next += length * times;
      } else {
        made.add(steps.get(next));
        next++;
      }
    }
    return List.copyOf(made);
  }

  /** Number of steps from {@code start} on to write once. */
  private static int length(List<Ast.Expression> steps, int start) {
    int best = 1;
    int saved = 0;
    for (int length = 1; length <= LONGEST; length++) {
      int saves = (count(steps, start, length) - 1) * length;
      if (saves > saved) {
        best = length;
        saved = saves;
      }
    }
    return best;
  }

  /**
   * Number of steps from {@code start} on that differ only in the number at the end of their label.
   */
  private static int numbered(List<Ast.Expression> steps, int start) {
    Optional<Numbered> first = Numbered.of(steps.get(start));
    int count = 0;
    while (first.isPresent() && start + count < steps.size()) {
      Optional<Numbered> next = Numbered.of(steps.get(start + count));
      if (!next.equals(Optional.of(first.get().later(count)))) {
        break;
      }
      count++;
    }
    return count;
  }

  /** {@code [denselayer{index + 1}: dense(32)] * 6}. */
  private static Ast.Expression counted(Ast.Expression step, int times) {
    Numbered numbered = Numbered.of(step).orElseThrow();
    Ast.Expression index = Syntax.word("index");
    Ast.Expression number =
        numbered.number() == 0
            ? index
            : new Ast.Binary("+", index, Syntax.number((long) numbered.number()), Syntax.NOWHERE);
    Ast.Label label =
        new Ast.Label(
            false,
            List.of(new Ast.LabelPart.Fixed(numbered.stem()), new Ast.LabelPart.Computed(number)),
            Syntax.NOWHERE);
    Ast.Expression labelled = new Ast.Labelled(label, numbered.step(), Syntax.NOWHERE);
    return new Ast.Binary(
        "*",
        new Ast.Bracket(List.of(labelled), Syntax.NOWHERE),
        Syntax.number((long) times),
        Syntax.NOWHERE);
  }

  /** A step whose label ends with a number. */
  private record Numbered(String stem, int number, Ast.Expression step) {

    private static final Pattern LABEL = Pattern.compile("([A-Za-z_]+)(0|[1-9][0-9]{0,5})");

    static Optional<Numbered> of(Ast.Expression step) {
      if (step instanceof Ast.Labelled labelled
          && !labelled.label().quoted()
          && labelled.label().parts().getFirst() instanceof Ast.LabelPart.Fixed(String text)) {
        Matcher matcher = LABEL.matcher(text);
        if (matcher.matches()) {
          int number = Integer.parseInt(matcher.group(2));
          return Optional.of(new Numbered(matcher.group(1), number, labelled.step()));
        }
      }
      return Optional.empty();
    }

    Numbered later(int by) {
      return new Numbered(stem, number + by, step);
    }
  }

  private static int count(List<Ast.Expression> steps, int start, int length) {
    if (!isWorth(steps.subList(start, Math.min(steps.size(), start + length)))) {
      return 1;
    }
    int count = 1;
    int next = start + length;
    while (next + length <= steps.size()
        && steps.subList(next, next + length).equals(steps.subList(start, start + length))) {
      count++;
      next += length;
    }
    return count;
  }

  /** Whether a repetition is shorter; single words are not. */
  private static boolean isWorth(List<Ast.Expression> steps) {
    return steps.stream()
        .anyMatch(step -> !(step instanceof Ast.Call call) || call.arguments().isPresent());
  }

  private static Ast.Expression repeated(List<Ast.Expression> steps, int times) {
    Ast.Expression body =
        steps.size() == 1
            ? steps.getFirst()
            : new Ast.Bracket(
                List.of(new Ast.Chain(List.copyOf(steps), Syntax.NOWHERE)), Syntax.NOWHERE);
    return new Ast.Binary("*", body, Syntax.number((long) times), Syntax.NOWHERE);
  }
}
