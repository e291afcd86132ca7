package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Assigns the arguments of a call to parameters: positional arguments first, then named ones. */
final class ArgumentList {

  private final Problems problems;

  ArgumentList(Problems problems) {
    this.problems = problems;
  }

  /**
   * The arguments by parameter; faulty ones are reported and left out.
   *
   * @param parameters names, in order
   * @param required names of parameters without a default
   * @param usage the form of the call, for the fix
   */
  Map<String, Ast.Expression> match(
      Ast.Call call,
      List<String> parameters,
      Set<String> required,
      Supplier<String> usage,
      Frame frame) {
    Map<String, Ast.Expression> matched = new LinkedHashMap<>();
    String callee = call.name().text();
    int place = 0;
    boolean named = false;
    for (Ast.Expression argument : call.arguments().orElse(List.of())) {
      if (argument instanceof Ast.Labelled(Ast.Label label, Ast.Expression value, Span span)) {
        named = true;
        String name = plain(label).orElse(label.span().text());
        if (!parameters.contains(name)) {
          problems.add(
              Code.E202,
              label.span(),
              frame,
              "%s has no argument %s".formatted(callee, name),
              ForeignNames.argument(name, parameters)
                      .or(() -> Nearest.question(name, parameters))
                      .map(question -> question + " ")
                      .orElse("")
                  + "it is written "
                  + usage.get());
        } else if (matched.putIfAbsent(name, value) != null) {
          problems.add(Code.E202, span, frame, callee + " gets " + name + " twice");
        }
      } else if (named) {
        problems.add(
            Code.E202,
            argument.span(),
            frame,
            "a positional argument follows a named one",
            callee + " is written " + usage.get());
      } else if (place < parameters.size()) {
        matched.put(parameters.get(place++), argument);
      } else {
        problems.add(
            Code.E202,
            argument.span(),
            frame,
            callee + " takes " + count(parameters.size()),
            "it is written " + usage.get());
        break;
      }
    }
    checkMissing(call, matched, required, usage, frame);
    return matched;
  }

  private void checkMissing(
      Ast.Call call,
      Map<String, Ast.Expression> matched,
      Set<String> required,
      Supplier<String> usage,
      Frame frame) {
    List<String> missing = required.stream().filter(name -> !matched.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      problems.add(
          Code.E202,
          call.span(),
          frame,
          call.name().text() + " lacks " + String.join(" and ", missing),
          "it is written " + usage.get());
    }
  }

  private static String count(int arguments) {
    return switch (arguments) {
      case 0 -> "no arguments";
      case 1 -> "one argument";
      default -> String.format(Locale.ROOT, "%,d arguments", arguments);
    };
  }

  /** The label as one plain word, if it is one. */
  private static Optional<String> plain(Ast.Label label) {
    return label.parts().size() == 1
            && label.parts().getFirst() instanceof Ast.LabelPart.Fixed(var text)
        ? Optional.of(text)
        : Optional.empty();
  }
}
