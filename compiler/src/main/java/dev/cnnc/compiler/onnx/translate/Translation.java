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

  /** Most nodes in place of others; functions that call functions grow fast. */
  private static final int MOST_INLINED = 200_000;

  private static final int DEEPEST = 64;

  private static final int MOST_DIMENSIONS = 32;

  /** Most elements that are computed during the import, including rearranged weights: half a GB. */
  private static final long MOST_MADE = 1 << 26;

  private final Operators operators = new Operators();
  private final ImportDraft draft;
  private final long version;
  private final Map<String, Onnx.Function> functions = new HashMap<>();
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Call> past = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, Problem> problems = new HashMap<>();
  private final Map<String, Integer> patterns = new LinkedHashMap<>();
  private long made;
  private int inlined;
  private int depth;

  Translation(ImportDraft draft, Onnx.Model model, Map<String, Constant> constants) {
    this.draft = draft;
    this.version = model.version();
    constants.forEach((name, constant) -> values.put(name, new Value.Known(constant)));
    model.functions().forEach(function -> functions.put(function.operator(), function));
    model.graph().nodes().forEach(node -> count(node, 1));
    model.graph().outputs().forEach(output -> readers.merge(output.name(), 1, Integer::sum));
  }

  /** Counts a node as a reader, or no more. */
  private void count(Onnx.Node node, int by) {
    node.inputs().forEach(name -> readers.merge(name, by, Integer::sum));
    for (Onnx.Attribute attribute : node.attributes()) {
      if (attribute instanceof Onnx.Attribute.Nested(_, Onnx.Graph graph)) {
        graph.free().forEach(name -> readers.merge(name, by, Integer::sum));
      }
    }
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
    add(node, version);
  }

  private void add(Onnx.Node node, long operators) {
    List<Value> inputs = node.inputs().stream().map(this::value).toList();
    Call call = new Call(node, inputs, operators, draft, past, readers);
    List<Value> outputs = List.of();
    try {
      Onnx.Function function = functions.get(node.operator());
      if (function != null) {
        long own = Onnx.OperatorSet.version(function.operatorSets()).orElse(operators);
        inline(node, Body.of(node, function, depth), own);
        return;
      }
      if (node.operator().equals("If") && !(call.input(0) instanceof Value.Lost)) {
        inline(node, Body.of(node, branch(call), depth), operators);
        return;
      }
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

  /** The branch of a condition that is known. */
  private static Onnx.Graph branch(Call call) throws Refusal {
    String taken = call.known(0, "condition").single() != 0 ? "then_branch" : "else_branch";
    for (Onnx.Attribute attribute : call.attributes()) {
      if (attribute instanceof Onnx.Attribute.Nested(String name, Onnx.Graph graph)
          && name.equals(taken)) {
        return graph;
      }
    }
    throw new Refusal("has no " + taken, "export the model again");
  }

  /** Adds the nodes of a body in place of a node. */
  private void inline(Onnx.Node node, Body body, long operators) {
    inlined += body.nodes().size() + 1;
    if (inlined > MOST_INLINED || depth == DEEPEST) {
      throw new Excess("has functions in functions without end");
    }
    depth++;
    count(node, -1);
    body.nodes().forEach(inner -> count(inner, 1));
    body.same().values().forEach(name -> readers.merge(name, 2, Integer::sum));
    body.tensors()
        .forEach((name, it) -> values.put(name, new Value.Known(Constant.of(it).named(name))));
    body.nodes().forEach(inner -> add(inner, operators));
    body.same().forEach((output, name) -> values.put(output, value(name)));
    depth--;
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
    return operators.find(call.operator()).orElseThrow(() -> unknown(call.operator()));
  }

  private static Refusal unknown(String operator) {
    int dot = operator.lastIndexOf('.');
    return dot < 0
        ? new Refusal("there is no layer for it", "replace it before the model is exported")
        : new Refusal(
            "is no operator of ONNX but of the domain " + operator.substring(0, dot),
            "export the model without optimisations or extensions of that engine");
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
    String outputs = String.join(", ", node.outputs()).replaceAll(Body.INSIDE + "+", "/");
    return node.name().isEmpty() ? outputs : node.name();
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
