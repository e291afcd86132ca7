package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Exports a network as an ONNX model with operators of version 17, one for each op if possible.
 *
 * <p>Any graph can be exported. Other engines are fastest with folded batch norms and separate
 * activations. Input and outputs keep their names; values are named after layers.
 */
public final class OnnxExport {

  private static final long IR_VERSION = 8;
  private static final long OPERATORS = 17;

  private final Network network;
  private final Graph graph;
  private final ModelDraft draft;
  private final Values values;

  private OnnxExport(Network network, TensorSource source) {
    this.network = network;
    this.graph = network.graph();
    Set<String> reserved = new HashSet<>();
    network.inputs().forEach(input -> reserved.add(input.name()));
    graph.outputs().forEach(output -> reserved.add(output.name()));
    this.draft = new ModelDraft(source, reserved);
    this.values = new Values(graph, draft);
  }

  /** The model; its tensors are computed from {@code source} when it is written. */
  public static Onnx.Model of(Network network, TensorSource source) {
    OnnxExport export = new OnnxExport(network, source);
    export.graph.nodes().forEach(export::add);
    return export.model();
  }

  private void add(Node node) {
    SumExport sums = new SumExport(draft, values);
    PoolExport pools = new PoolExport(draft, values);
    NormExport norms = new NormExport(draft, values);
    JoinExport joins = new JoinExport(draft, values);
    MovementExport movements = new MovementExport(graph, draft, values);
    switch (node.op()) {
      case Op.Input() -> values.put(node, Form.ofOutput(node.shape()), inputName(node));
      case Op.Learned _ -> {} // written in the form that its readers need
      case Op.Conv conv -> sums.conv(node, conv);
      case Op.Fc fc -> sums.fc(node, fc);
      case Op.BatchNorm norm -> norms.batchNorm(node, norm);
      case Op.LayerNorm norm -> norms.layerNorm(node, norm);
      case Op.Scale scale -> norms.scale(node, scale);
      case Op.Activate(Activation function) -> activate(node, function);
      case Op.Prelu(Recipe slope) -> norms.prelu(node, slope);
      case Op.Pool pool -> pools.pool(node, pool);
      case Op.GlobalPool(Op.Reduction reduction) -> pools.global(node, reduction);
      case Op.Add() -> joins.pointwise(node, "Add", "Sum");
      case Op.Multiply() -> joins.multiply(node);
      case Op.Mean() -> joins.pointwise(node, "Mean", "Mean");
      case Op.Concat() -> joins.concat(node);
      case Op.Slice slice -> movements.slice(node, slice);
      case Op.Shuffle(int groups) -> movements.shuffle(node, groups);
      case Op.Crop crop -> movements.crop(node, crop);
      case Op.Tokens() -> movements.tokens(node);
      case Op.Attention(int heads) -> joins.attention(node, heads);
      case Op.Flatten() -> movements.flatten(node);
      case Op.Softmax(boolean logarithm) -> norms.softmax(node, logarithm);
      case Op.LocalResponseNorm norm -> norms.localResponse(node, norm);
      case Op.Dropout() -> values.same(node, node.inputs().getFirst());
      case Op.Pad pad -> movements.pad(node, pad);
      case Op.Upsample factor -> movements.upsample(node, factor);
      case Computation computation -> new ComputationExport(draft, values).add(node, computation);
      case Rearrangement op -> new RearrangementExport(draft, values).add(node, op);
    }
  }

  private void activate(Node node, Activation function) {
    int input = node.inputs().getFirst();
    Form form = values.form(input);
    String x = values.name(input, form);
    values.put(node, form, new FunctionExport(draft).add(function, x, node.name()));
  }

  private Onnx.Model model() {
    Map<String, String> renamed = new HashMap<>();
    List<Onnx.ValueInfo> outputs = new ArrayList<>();
    for (Graph.Output output : graph.outputs()) {
      Shape shape = graph.node(output.node()).shape();
      Form form = Form.ofOutput(shape);
      String value = values.name(output.node(), form);
      if (draft.computes(value) && !renamed.containsKey(value)) {
        renamed.put(value, output.name());
      } else {
        String name = draft.unique(graph.node(output.node()).name() + "/Identity");
        draft.node(name, "Identity", List.of(value), List.of(output.name()));
      }
      outputs.add(new Onnx.ValueInfo(output.name(), Onnx.DataType.FLOAT, form.dimensions(shape)));
    }
    List<Onnx.ValueInfo> inputs = graph.inputs().stream().map(this::input).toList();
    return new Onnx.Model(
        IR_VERSION,
        "cnnc",
        "",
        List.of(new Onnx.OperatorSet("", OPERATORS)),
        new Onnx.Graph(graph.name(), draft.nodes(renamed), draft.initializers(), inputs, outputs));
  }

  private String inputName(Node input) {
    return network.inputs().get(input.id()).name();
  }

  private Onnx.ValueInfo input(Node node) {
    Shape shape = node.shape();
    return new Onnx.ValueInfo(
        inputName(node), Onnx.DataType.FLOAT, Form.ofOutput(shape).dimensions(shape));
  }
}
