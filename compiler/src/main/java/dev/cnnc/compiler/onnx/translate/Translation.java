package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks through a model's nodes once. What cannot be imported is lost, and whatever reads it too;
 * it matters only where an output needs it.
 */
final class Translation {

  private final Operators operators = new Operators();
  private final Draft draft;
  private final long version;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Call> past = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, Problem> problems = new HashMap<>();
  private final Map<String, Integer> patterns = new LinkedHashMap<>();

  Translation(Draft draft, Onnx.Model model, Map<String, Constant> constants) {
    this.draft = draft;
    this.version =
        model.operatorSets().stream()
            .filter(set -> set.domain().isEmpty())
            .mapToLong(Onnx.OperatorSet::version)
            .max()
            .orElse(1);
    constants.forEach((name, constant) -> values.put(name, new Value.Known(constant)));
    model.graph().nodes().forEach(node -> node.inputs().forEach(this::read));
    model.graph().outputs().forEach(output -> read(output.name()));
  }

  private void read(String name) {
    readers.merge(name, 1, Integer::sum);
  }

  /** Gives a name its meaning. */
  void define(String name, View view) {
    values.put(name, new Value.Computed(view));
  }

  Value value(String name) {
    return name.isEmpty() ? new Value.Absent() : values.getOrDefault(name, new Value.Lost());
  }

  /** How often each pattern was found. */
  Map<String, Integer> patterns() {
    return patterns;
  }

  void add(Onnx.Node node) {
    List<Value> inputs = node.inputs().stream().map(this::value).toList();
    Call call = new Call(node, inputs, version, draft, past, readers);
    List<Value> outputs = List.of();
    try {
      outputs = outputs(call);
    } catch (Refusal refusal) {
      refuse(node, refusal.reason(), refusal.cure());
    } catch (ArithmeticException | IndexOutOfBoundsException _) {
      // Attributes that contradict the inputs: no operator checks them all.
      refuse(node, "has attributes that do not fit its inputs", "export the model again");
    }
    for (int i = 0; i < node.outputs().size(); i++) {
      String name = node.outputs().get(i);
      if (!name.isEmpty()) {
        values.put(name, i < outputs.size() ? outputs.get(i) : new Value.Lost());
        past.put(name, call);
      }
    }
  }

  private List<Value> outputs(Call call) throws Refusal {
    Optional<View> pattern = pattern(call);
    if (pattern.isPresent()) {
      return List.of(new Value.Computed(pattern.get()));
    }
    if (call.inputs().stream().anyMatch(Value.Lost.class::isInstance)) {
      if (!Folding.handles(call.operator())) {
        find(call);
      }
      return List.of();
    }
    Optional<Constant> folded = Folding.fold(call);
    return folded.isPresent() ? List.of(new Value.Known(folded.get())) : find(call).apply(call);
  }

  private Translator find(Call call) throws Refusal {
    return operators
        .find(call.operator())
        .orElseThrow(
            () ->
                new Refusal("there is no layer for it", "replace it before the model is exported"));
  }

  private Optional<View> pattern(Call call) throws Refusal {
    for (Pattern pattern : operators.patterns()) {
      Optional<View> found = pattern.match(call);
      if (found.isPresent()) {
        patterns.merge(pattern.name(), 1, Integer::sum);
        return found;
      }
    }
    return Optional.empty();
  }

  private void refuse(Onnx.Node node, String reason, String cure) {
    String name = title(node);
    Problem problem = new Problem(node.operator(), name, reason, cure);
    node.outputs().forEach(output -> problems.put(output, problem));
  }

  private static String title(Onnx.Node node) {
    return node.name().isEmpty() ? String.join(", ", node.outputs()) : node.name();
  }

  /** Why a value is lost: all that it needs and that could not be imported. */
  Set<Problem> problems(String lost) {
    Set<Problem> found = new LinkedHashSet<>();
    Set<String> seen = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(lost));
    while (!open.isEmpty()) {
      String name = open.removeLast();
      if (!(value(name) instanceof Value.Lost) || !seen.add(name)) {
        continue;
      }
      Call call = past.get(name);
      Problem own = problems.get(name);
      if (own != null) {
        found.add(own);
      } else if (call != null && call.inputs().stream().noneMatch(Value.Lost.class::isInstance)) {
        found.add(
            new Problem(
                call.operator(),
                title(call.node()),
                "only its first output can be used",
                "leave out what reads " + name));
      }
      if (call != null) {
        open.addAll(call.node().inputs());
      }
    }
    return found;
  }
}
