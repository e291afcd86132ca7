package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the statements of vector functions where they are called.
 *
 * <p>C2 inlines a hot method of ours only until the method that it compiles has 18,000 nodes, and
 * one softplus has more; a vector that crosses a call is an object. Methods of the Vector API are
 * inlined beyond that limit. So at the widths with vectors no method takes or returns one.
 */
final class WrittenOut {
  private static final Pattern LOCAL = Pattern.compile("(?m)^\\s*(?:V|float|int) (\\w+) =");
  private static final Pattern VARIABLE = Pattern.compile("(?<![\\w.@])[a-z]\\w*\\b(?!\\()");
  private static final Pattern SIMPLE = Pattern.compile("-?[\\w.]+");

  private final Map<String, KernelMethod> functions;
  private String text;

  /** How many variables there are of each name. */
  private final Map<String, Integer> variables = new HashMap<>();

  private WrittenOut(Map<String, KernelMethod> functions, String text) {
    this.functions = functions;
    this.text = text;
  }

  /** The method, and all that it calls, without calls of vector functions. */
  static KernelMethod of(KernelMethod method) {
    return of(method, new IdentityHashMap<>());
  }

  /**
   * The same.
   *
   * @param known the methods that have been written, because many share the longest of them
   */
  static KernelMethod of(KernelMethod method, IdentityHashMap<KernelMethod, KernelMethod> known) {
    KernelMethod before = known.get(method);
    if (before != null) {
      return before;
    }
    KernelMethod written = write(method, known);
    known.put(method, written);
    return written;
  }

  private static KernelMethod write(
      KernelMethod method, IdentityHashMap<KernelMethod, KernelMethod> known) {
    Map<String, KernelMethod> functions = new LinkedHashMap<>();
    List<KernelMethod> calls = new ArrayList<>();
    for (KernelMethod called : method.calls()) {
      KernelMethod written = of(called, known);
      if (isFormula(written)) {
        functions.put(written.name(), written);
      } else {
        calls.add(written);
      }
    }
    WrittenOut out = new WrittenOut(functions, method.body());
    if (!functions.isEmpty()) {
      out.writeAll();
    }
    return new KernelMethod(
        method.role(),
        method.doc(),
        method.result(),
        method.name(),
        method.parameters(),
        out.text,
        calls);
  }

  /** Whether it is a function from vectors to a vector whose statements are a list. */
  private static boolean isFormula(KernelMethod method) {
    return method.role() == Role.FUNCTION
        && method.result().equals("V")
        && !method.body().contains("{")
        && method.body().lastIndexOf("return ") == method.body().indexOf("return ");
  }

  /** From the last call on, whose arguments have no other. */
  private void writeAll() {
    for (int open = text.lastIndexOf('('); open >= 0; open = text.lastIndexOf('(', open - 1)) {
      KernelMethod function = functions.get(KernelMethod.called(text, open));
      if (function != null) {
        open = write(function, open);
      }
    }
  }

  /** Writes one call; gives the place behind which no call is left. */
  private int write(KernelMethod function, int open) {
    int call = open - function.name().length();
    int close = Lanes.closing(text, open);
    Formula formula = formula(function, Lanes.split(text, open + 1, close));
    int start = statement(call);
    String before = text.substring(start, call);
    String after = text.substring(close + 1);
    boolean whole = after.startsWith(";") && before.matches("(?:return|(?:V )?\\w+ =) ");
    List<String> lines = new ArrayList<>(formula.statements());
    String value = formula.value();
    if (!whole) {
      value = fresh(function.name());
      lines.add("V %s = %s;".formatted(value, formula.value()));
    }
    if (formula.statements().size() > 1) {
      lines.addFirst("// " + function.name());
    }
    String indent = " ".repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
    StringBuilder written = new StringBuilder(text.substring(0, start));
    lines.forEach(line -> written.append(line).append('\n').append(indent));
    text = written.append(before).append(value).append(after).toString();
    return text.length() - after.length();
  }

  /** Where the statement around a place begins. */
  private int statement(int place) {
    int start = place;
    while (start > 0 && ";{}".indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    while (Character.isWhitespace(text.charAt(start)) || text.startsWith("//", start)) {
      start = text.startsWith("//", start) ? text.indexOf('\n', start) : start + 1;
    }
    return start;
  }

  /**
   * A function's statements with arguments for its parameters.
   *
   * @param value the expression of the result
   */
  private record Formula(List<String> statements, String value) {}

  private Formula formula(KernelMethod function, List<String> arguments) {
    List<String> statements = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    LOCAL
        .matcher(function.body())
        .results()
        .forEach(local -> names.computeIfAbsent(local.group(1), this::fresh));
    List<String> parameters = List.of(function.parameters().split(", ", -1));
    for (int i = 0; i < arguments.size(); i++) {
      String[] words = parameters.get(i).split(" ", -1);
      String argument = arguments.get(i);
      if (!SIMPLE.matcher(argument).matches() || assigns(function.body(), words[1])) {
        String variable = fresh(words[1]);
        statements.add("%s %s = %s;".formatted(words[0], variable, argument));
        argument = variable;
      }
      names.put(words[1], argument);
    }
    String body =
        VARIABLE
            .matcher(function.body())
            .replaceAll(
                word -> Matcher.quoteReplacement(names.getOrDefault(word.group(), word.group())));
    int end = body.indexOf("return ");
    body.substring(0, end).lines().filter(line -> !line.isBlank()).forEach(statements::add);
    String value = body.substring(end + "return ".length()).strip();
    return new Formula(statements, value.substring(0, value.length() - 1));
  }

  /** A name that no other variable of the method has. */
  private String fresh(String variable) {
    String name = variable.replaceAll("_\\d+$", "");
    return name + "_" + variables.merge(name, 1, Integer::sum);
  }

  private static boolean assigns(String body, String variable) {
    return Pattern.compile("(?m)^\\s*" + variable + " =").matcher(body).find();
  }
}
