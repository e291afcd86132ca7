package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.lower.Syntax;
import dev.cnnc.compiler.lower.ValueNames;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Printer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns modules that differ only in numbers into calls of one block, innermost first.
 *
 * <p>Invariant: the body of a block with the numbers of a call is the text of the module.
 */
final class Blocks {

  /** Most parameters of a block; a call with more is unreadable. */
  private static final int MOST_PARAMETERS = 8;

  /** Most parameters of a block that only calls other blocks. */
  private static final int MOST_OF_CALLS = 3;

  private static final Pattern LAYERS =
      Pattern.compile("\\b(conv|dwconv|fc|bn|layernorm|add|mul|concat)\\b");

  /** Shortest text of a block; a shorter text is written twice. */
  private static final int SHORTEST = 28;

  private final BodyText text;
  private final ValueNames names;
  private final List<Ast.Statement> definitions = new ArrayList<>();
  private Numbers numbers = new Numbers(Map.of());

  /** A module with its place. */
  private record Found(Step.Scope scope, String prefix, int height) {}

  /** A module with its text and the numbers in it. */
  private record Member(Found found, Ast.Expression body, List<Ast.Expression> numbers) {}

  Blocks(BodyText text, ValueNames names) {
    this.text = text;
    this.names = names;
  }

  /** Replaces modules of these chains and returns the definitions of the blocks. */
  List<Ast.Statement> find(List<List<Step>> chains) {
    List<Found> all = new ArrayList<>();
    chains.forEach(chain -> collect(chain, "", all));
    int highest = all.stream().mapToInt(Found::height).max().orElse(0);
    for (int height = 0; height <= highest; height++) {
      Map<String, List<Member>> alike = new LinkedHashMap<>();
      for (Found found : all) {
        if (found.height == height) {
          member(found, alike);
        }
      }
      alike.values().stream().filter(members -> members.size() > 1).forEach(this::define);
    }
    return List.copyOf(definitions);
  }

  private static int collect(List<Step> chain, String prefix, List<Found> all) {
    int height = 0;
    for (Step step : chain) {
      height =
          Math.max(
              height,
              switch (step) {
                case Step.Scope scope -> {
                  int own = collect(inside(scope), prefixInside(scope, prefix), all);
                  all.add(new Found(scope, prefix, own));
                  yield own + 1;
                }
                case Step.Join(_, List<List<Step>> branches) -> {
                  int most = 0;
                  for (List<Step> branch : branches) {
                    most = Math.max(most, collect(branch, prefix, all));
                  }
                  yield most;
                }
                case Step.Source _, Step.Learned _, Step.Layer _ -> 0;
              });
    }
    return height;
  }

  /**
   * The steps inside a module. A module that is the whole of another one is not a separate block.
   */
  private static List<Step> inside(Step.Scope scope) {
    return scope.steps().size() == 1 && scope.steps().getFirst() instanceof Step.Scope only
        ? inside(only)
        : scope.steps();
  }

  private static String prefixInside(Step.Scope scope, String prefix) {
    String own = prefix + scope.label() + ".";
    return scope.steps().size() == 1 && scope.steps().getFirst() instanceof Step.Scope only
        ? prefixInside(only, own)
        : own;
  }

  private void member(Found found, Map<String, List<Member>> alike) {
    if (containsValue(found.scope.steps())) {
      return;
    }
    Ast.Expression body = text.body(found.scope, found.prefix);
    List<Ast.Expression> values = new ArrayList<>();
    Ast.Expression form =
        numbers.changed(
            body,
            (_, number) -> {
              values.add(number);
              return Syntax.word("n");
            });
    String key = Printer.print(form);
    if (key.length() >= SHORTEST) {
      alike.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Member(found, body, values));
    }
  }

  /** Whether the steps read a named value, which a block cannot, because it sees only its input. */
  private static boolean containsValue(List<Step> steps) {
    return steps.stream()
        .anyMatch(
            step ->
                switch (step) {
                  case Step.Source _ -> true;
                  case Step.Join(_, List<List<Step>> branches) ->
                      branches.stream().anyMatch(Blocks::containsValue);
                  case Step.Scope(_, List<Step> inner) -> containsValue(inner);
                  case Step.Learned _, Step.Layer _ -> false;
                });
  }

  private void define(List<Member> members) {
    Map<List<Ast.Expression>, String> parameters = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    int[] place = {0};
    Member first = members.getFirst();
    Ast.Expression body =
        numbers.changed(
            first.body,
            (use, number) -> {
              int at = place[0]++;
              List<Ast.Expression> each = members.stream().map(m -> m.numbers.get(at)).toList();
              return each.stream().allMatch(number::equals)
                  ? number
                  : parameter(each, use, parameters, taken);
            });
    boolean ofCalls = first.found.height > 0 && !LAYERS.matcher(Printer.print(body)).find();
    if (parameters.size() > (ofCalls ? MOST_OF_CALLS : MOST_PARAMETERS)) {
      return;
    }
    String name = names.give(name(first));
    definitions.add(
        new Ast.Definition(
            false,
            Syntax.name(name),
            parameters.values().stream()
                .map(p -> new Ast.Parameter(Syntax.name(p), Optional.empty(), Syntax.NOWHERE))
                .toList(),
            body,
            Syntax.NOWHERE));
    numbers = numbers.with(name, List.copyOf(parameters.values()));
    for (int m = 0; m < members.size(); m++) {
      int member = m;
      List<Ast.Expression> arguments =
          parameters.keySet().stream().map(values -> values.get(member)).toList();
      text.replace(
          members.get(m).found.scope,
          new Ast.Call(Syntax.name(name), Optional.of(arguments), Syntax.NOWHERE));
    }
  }

  /**
   * The parameter for a differing number; numbers that differ in the same way share a parameter.
   */
  private Ast.Expression parameter(
      List<Ast.Expression> values,
      String use,
      Map<List<Ast.Expression>, String> parameters,
      Set<String> taken) {
    String known = parameters.get(values);
    if (known != null) {
      return Syntax.word(known);
    }
    for (Map.Entry<List<Ast.Expression>, String> other : parameters.entrySet()) {
      Optional<Long> ratio = ratio(values, other.getKey());
      if (ratio.isPresent()) {
        return new Ast.Binary(
            "*", Syntax.number(ratio.get()), Syntax.word(other.getValue()), Syntax.NOWHERE);
      }
    }
    String word = names.isFree(use) ? use : "n";
    String name = word;
    for (int i = 2; !taken.add(name); i++) {
      name = word + "_" + i;
    }
    parameters.put(values, name);
    return Syntax.word(name);
  }

  /** The common ratio of all values to the others, if there is one. */
  private static Optional<Long> ratio(List<Ast.Expression> values, List<Ast.Expression> others) {
    Set<Long> ratios = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      boolean whole =
          values.get(i) instanceof Ast.Int(long value, _)
              && others.get(i) instanceof Ast.Int(long other, _)
              && other > 1
              && value % other == 0
              && ratios.add(value / other);
      if (!whole && ratios.size() != 1) {
        return Optional.empty();
      }
      if (!(values.get(i) instanceof Ast.Int(long value, _)
          && others.get(i) instanceof Ast.Int(long other, _)
          && other > 1
          && value == ratios.iterator().next() * other)) {
        return Optional.empty();
      }
    }
    return ratios.stream().findFirst();
  }

  private static String name(Member member) {
    String label = member.found.scope.label();
    if (label.matches("[a-z][a-z_]{2,}") && !label.equals("block")) {
      return label;
    }
    String body = Printer.print(member.body);
    for (Map.Entry<String, String> kind :
        List.of(
            Map.entry("add(", "residual"),
            Map.entry("concat(", "joined"),
            Map.entry("mul(", "gated"))) {
      if (body.contains(kind.getKey())) {
        return kind.getValue();
      }
    }
    return "unit";
  }
}
