package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.lower.Syntax;
import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.List;

/** Equal steps in a row, written once: {@code [conv(64, 3x3) -> relu] * 2}. */
final class Repeats {

  private static final int LONGEST = 12;

  private Repeats() {}

  static List<Ast.Expression> of(List<Ast.Expression> steps) {
    List<Ast.Expression> made = new ArrayList<>();
    int next = 0;
    while (next < steps.size()) {
      int best = 1;
      int times = 1;
      for (int length = 1; length <= LONGEST; length++) {
        int count = count(steps, next, length);
        if ((count - 1) * length > (times - 1) * best) {
          best = length;
          times = count;
        }
      }
      made.add(times == 1 ? steps.get(next) : repeated(steps.subList(next, next + best), times));
      next += times == 1 ? 1 : best * times;
    }
    return List.copyOf(made);
  }

  private static int count(List<Ast.Expression> steps, int start, int length) {
    int count = 1;
    int next = start + length;
    while (next + length <= steps.size()
        && steps.subList(next, next + length).equals(steps.subList(start, start + length))) {
      count++;
      next += length;
    }
    boolean worth =
        steps.subList(start, Math.min(steps.size(), start + length)).stream()
            .anyMatch(step -> !(step instanceof Ast.Call call) || call.arguments().isPresent());
    return worth ? count : 1;
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
