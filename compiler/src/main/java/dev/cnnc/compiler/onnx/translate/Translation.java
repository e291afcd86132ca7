package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Translates the nodes of a model in one pass. A node that cannot be imported is lost, with all its
 * readers. That matters only if an output needs it.
 */
final class Translation {

  private static final int MOST_DIMENSIONS = 32;

  /** Most elements that are computed during the import, including rearranged weights: half a GB. */
  private static final long MOST_MADE = 1 << 26;

  private final Operators operators = new Operators();
  private final ImportDraft draft;
  private final long version;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Call> past = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, Problem> problems = new HashMap<>();
  private final Map<String, Integer> patterns = new LinkedHashMap<>();
  private long made;

  Translation(ImportDraft draft, Onnx.Model model, Map<String, Constant> constants) {
    this.draft = draft;
    this.version = model.version();
    constants.forEach((name, constant) -> values.put(name, new Value.Known(constant)));
    model.graph().nodes().forEach(node -> node.inputs().forEach(this::read));
    model.graph().outputs().forEach(output -> read(output.name()));
  }

  private void read(String name) {
    readers.merge(name, 1, Integer::sum);
  }

  /** Defines a name. */
  void define(String name, View view) {
    values.put(name, new Value.Computed(view));
  }

  Value value(String name) {
    return name.isEmpty() ? new Value.Absent() : values.getOrDefault(name, new Value.Lost());
  }

  /** Number of matches of each pattern. */
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
    } catch (Excess excess) {
      refuse(node, String.valueOf(excess.getMessage()), "leave it out");
    } catch (ArithmeticException | IndexOutOfBoundsException | IllegalArgumentException _) {
      // Attributes contradict the inputs, which operators do not check completely.
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
    if (folded.isPresent()) {
      return checked(counted(call, List.of(new Value.Known(folded.get()))));
    }
    Translator translator = find(call);
    return checked(
        KnownNode.is(call)
            ? counted(call, KnownNode.outputs(call, translator))
            : translator.apply(call));
  }

  /** Bounds what is computed during the import. */
  private List<Value> counted(Call call, List<Value> values) {
    for (Value value : values) {
      boolean counts = Folding.makes(call.operator());
      made += counts && value instanceof Value.Known(Constant constant) ? constant.size() : 0;
    }
    if (made > MOST_MADE) {
      throw new Excess(
          "comes after %s numbers that were computed during the import".formatted(made));
    }
    return values;
  }

  private static List<Value> checked(List<Value> values) {
    for (Value value : values) {
      int rank =
          switch (value) {
            case Value.Known(Constant constant) -> constant.rank();
            case Value.Computed(View view) -> view.rank();
            case Value.Lost _, Value.Absent _ -> 0;
          };
      if (rank > MOST_DIMENSIONS) {
        throw new Excess("makes a tensor of %s dimensions".formatted(rank));
      }
    }
    return values;
  }

  private Translator find(Call call) throws Refusal {
    return operators
        .find(call.operator())
        .orElseThrow(
            () ->
                new Refusal("there is no layer for it", "replace it before the model is exported"));
  }

  private Optional<View> pattern(Call call) {
    for (Pattern pattern : operators.patterns()) {
      try {
        Optional<View> found = pattern.match(call);
        if (found.isPresent()) {
          patterns.merge(pattern.name(), 1, Integer::sum);
          return found;
        }
      } catch (Refusal _) {
        // A part of the pattern is missing or does not fit; the nodes themselves give the reason.
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

  /** The problems of all nodes that lost values need. */
  Set<Problem> problems(List<String> lost) {
    Set<Problem> found = new LinkedHashSet<>();
    Set<String> seen = new HashSet<>();
    List<String> open = new ArrayList<>(lost.reversed());
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
                "remove the nodes that read " + name));
      }
      if (call != null) {
        open.addAll(call.node().inputs());
      }
    }
    return found;
  }
}
