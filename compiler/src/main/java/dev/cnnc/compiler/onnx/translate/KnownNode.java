package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Computes a node whose inputs are all known: as a network of its own, which the interpreter runs.
 * So every operator that can be imported can also compute weights.
 */
final class KnownNode {

  /** Most products and elements; a second of the interpreter. */
  private static final long MOST = 1L << 29;

  private final Call call;
  private final ImportDraft draft = nothing();
  private final List<Graph.Output> outputs = new ArrayList<>();

  private KnownNode(Call call) {
    this.call = call;
  }

  /** Whether nothing but constants enters a node. */
  static boolean is(Call call) {
    return call.has(0)
        && call.inputs().stream()
            .allMatch(it -> it instanceof Value.Known || it instanceof Value.Absent);
  }

  static List<Value> outputs(Call call, Translator translator) throws Refusal {
    return new KnownNode(call).outputs(translator);
  }

  private List<Value> outputs(Translator translator) throws Refusal {
    Constant x = call.known(0, "input");
    List<Value> inputs = new ArrayList<>(call.inputs());
    Arrangement whole = Arrangement.picture(x.rank());
    inputs.set(0, new Value.Computed(new Layouts(draft).learned(x, whole, "x")));
    // The names of other nodes mean values of the network, not of this draft.
    Call alone = new Call(call.node(), inputs, call.version(), draft, Map.of(), Map.of());
    List<Value> made = translator.apply(alone);
    List<List<Integer>> sizes = new ArrayList<>();
    for (Value value : made) {
      if (value instanceof Value.Computed(View view)) {
        View ready = alone.layouts().arranged(view, Arrangement.picture(view.rank()), "y");
        outputs.add(new Graph.Output("y" + sizes.size(), ready.node()));
        sizes.add(view.sizes());
      }
    }
    Map<String, double[]> results = run();
    List<Value> known = new ArrayList<>();
    int next = 0;
    for (Value value : made) {
      if (value instanceof Value.Computed) {
        double[] elements = Objects.requireNonNull(results.get("y" + next));
        known.add(
            new Value.Known(Constant.of(sizes.get(next), x.type(), elements).named(x.name())));
        next++;
      } else {
        known.add(value);
      }
    }
    return known;
  }

  /** A graph needs an input, even if it reads none. */
  private static ImportDraft nothing() {
    ImportDraft draft = new ImportDraft();
    draft.input("nothing", new Shape(1, 1, 1));
    return draft;
  }

  private Map<String, double[]> run() {
    ImportDraft.Finished finished = draft.finish("known", outputs);
    Graph graph = finished.graph();
    Cost cost = Cost.of(graph);
    long elements = graph.nodes().stream().mapToLong(node -> node.shape().size()).sum();
    if (cost.macs() + cost.operations() + elements > MOST) {
      throw new Excess("computes too much during the import");
    }
    Map<String, SafetensorsWriter.Tensor> tensors = new HashMap<>();
    finished.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
    TensorSource source = (name, _) -> Objects.requireNonNull(tensors.get(name)).data().get();
    return Reference.run(graph, source, new float[1]);
  }
}
