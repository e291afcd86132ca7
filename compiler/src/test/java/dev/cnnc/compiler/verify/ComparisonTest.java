package dev.cnnc.compiler.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.load.JavaInMemory;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That a fault is found where it is, and none where there is none. */
class ComparisonTest {
  private static final TensorSource GOOD = new Synthetic();
  private static final int GRAPHS = 60;

  /** What a rounding error would never be, and an eye would not see in the logits. */
  private static final float SLIGHTLY = 0.01f;

  /** A residual block with batch norms, then two convs that become one, joined and pooled. */
  private static Graph network() {
    GraphBuilder graph = new GraphBuilder(3, 12, 10);
    int stem = graph.relu("relu0", graph.conv("stem", 0, 16, Window.of(3, 3)));
    int first = graph.conv("conv1", stem, 16, Window.of(1, 1), 1, false);
    int second = graph.relu("relu1", graph.batchNorm("bn1", first));
    int third = graph.batchNorm("bn2", graph.conv("conv2", second, 16, Window.of(1, 1)));
    int sum = graph.relu("relu2", graph.add("add", new Op.Add(), third, stem));
    int left = graph.relu("left_relu", graph.conv("left", sum, 7, Window.of(1, 1)));
    int right = graph.relu("right_relu", graph.conv("right", sum, 9, Window.of(1, 1)));
    int both = graph.add("both", new Op.Concat(), left, right);
    int gap = graph.add("gap", new Op.GlobalPool(Op.Reduction.AVERAGE), both);
    int scores = graph.fc("fc", gap, 5);
    return graph.build(graph.activate("scores", new Activation.Tanh(), scores), left);
  }

  /**
   * Runs a graph.
   *
   * @param text what to run instead of the emitted network
   */
  private static Trace trace(
      Graph graph, String text, CompiledGraph compiled, TensorSource source) {
    Map<String, String> texts = new HashMap<>(compiled.backend().java().sources());
    texts.replace(compiled.className(), text);
    PackedWeights weights = PackedWeights.of(compiled.backend().weights(), source);
    try (CompiledNetwork network =
        InMemory.load(compiled.className(), JavaInMemory.compile(texts), weights, Threads.of(2))) {
      return Trace.of(
          Watched.of(graph, compiled.backend().plan()),
          network,
          List.of(Results.picture(network, "input")));
    }
  }

  private static Trace trace(Graph graph, TensorSource source) {
    CompiledGraph compiled = CompiledGraph.of(graph);
    return trace(graph, compiled.backend().java().network(), compiled, source);
  }

  private static Verdict verdict(Graph graph, Trace trace, PeerValues peers) {
    return verdict(CompiledGraph.improved(graph).with(graph), trace, peers);
  }

  private static Verdict verdict(Network network, Trace trace, PeerValues peers) {
    Graph graph = network.graph();
    float[] picture =
        GOOD.tensor(
            "input",
            List.of(
                graph.node(0).shape().channels(),
                graph.node(0).shape().height(),
                graph.node(0).shape().width()));
    return new Comparison(network, GOOD, List.of(picture), _ -> {}).of(trace, peers);
  }

  private static Optional<String> firstWrong(Verdict verdict) {
    return verdict.firstWrong().map(Verdict.Layer::name);
  }

  @Test
  void everythingAgreesAndEveryLayerIsTold() {
    Graph graph = network();
    Verdict verdict = verdict(graph, trace(graph, GOOD), PeerValues.NONE);
    assertThat(verdict.agrees()).isTrue();
    assertThat(verdict.layers())
        .extracting(layer -> layer.name() + ": " + layer.kinds())
        .containsExactly(
            "stem: conv relu",
            "conv1: conv bn relu",
            "conv2: conv bn add relu",
            "left: conv relu",
            "right: conv relu",
            "both: concat",
            "gap: gap",
            "fc: fc tanh");
    assertThat(verdict.layers())
        .allSatisfy(
            layer -> {
              assertThat(layer.worst().share()).isLessThanOrEqualTo(1);
              assertThat(layer.alone().absolute()).isLessThan(1e-5);
              assertThat(layer.whole().absolute()).isPositive().isLessThan(1e-5);
              assertThat(layer.peer()).isEmpty();
            });
    assertThat(verdict.outputs())
        .extracting(Verdict.Output::name)
        .containsExactly("scores", "left_relu");
  }

  @ParameterizedTest
  @CsvSource({
    "stem.weight, stem",
    "stem.bias, stem",
    "conv1.weight, conv1",
    "bn1.running_var, conv1",
    "bn2.bias, conv2",
    "right.weight, right",
    "fc.bias, fc",
  })
  void aWrongNumberIsFoundInItsLayer(String tensor, String layer) {
    Graph graph = network();
    TensorSource bad =
        (name, shape) -> {
          float[] elements = GOOD.tensor(name, shape);
          if (name.equals(tensor)) {
            elements[elements.length / 2] += SLIGHTLY;
          }
          return elements;
        };
    Verdict verdict = verdict(graph, trace(graph, bad), PeerValues.NONE);
    assertThat(firstWrong(verdict)).contains(layer);
    assertThat(verdict.agrees()).isFalse();
    // What comes later computes well from what it was given, but the whole is off from there on.
    assertThat(verdict.layers()).filteredOn(each -> !each.agrees()).hasSize(1);
    assertThat(verdict.layers().getLast().whole().absolute()).isGreaterThan(1e-6);
  }

  @Test
  void aWrongKernelIsFoundInItsLayer() {
    Graph graph = network();
    CompiledGraph compiled = CompiledGraph.of(graph);
    String text = compiled.backend().java().network();
    int conv2 = text.indexOf("private void conv2(");
    String wrong =
        text.substring(0, conv2)
            + text.substring(conv2).replaceFirst("Finish\\.\\w*RELU", "Finish.RELU");
    assertThat(wrong).isNotEqualTo(text);
    Verdict verdict = verdict(graph, trace(graph, wrong, compiled, GOOD), PeerValues.NONE);
    assertThat(firstWrong(verdict)).contains("conv2");
  }

  @Test
  void anOutputThatIsNotWhatTheLayerWroteIsTold() {
    Graph graph = network();
    Trace trace = trace(graph, GOOD);
    List<float[]> outputs = trace.outputs().stream().map(float[]::clone).toList();
    outputs.get(1)[17] = Math.nextUp(outputs.get(1)[17]);
    Verdict verdict =
        verdict(graph, new Trace(trace.watched(), trace.values(), outputs), PeerValues.NONE);
    assertThat(verdict.firstWrong()).isEmpty();
    assertThat(verdict.spoilt()).extracting(Verdict.Output::name).containsExactly("left_relu");
    assertThat(verdict.agrees()).isFalse();
  }

  /** What Winograd may err by, a file that asks for plain sums does not let pass. */
  @Test
  void anExactNetworkIsHeldToPlainSums() {
    GraphBuilder builder = new GraphBuilder(16, 20, 20);
    int conv = builder.conv("conv", 0, 32, Window.of(3, 3));
    Graph graph = builder.build(builder.relu("relu", conv));
    Trace trace = trace(graph, GOOD);
    Map<Integer, float[]> values = new HashMap<>();
    trace.values().forEach((id, value) -> values.put(id, value.clone()));
    float[] last = values.get(graph.outputs().getFirst().node());
    int largest = 0;
    for (int i = 0; i < last.length; i++) {
      largest = last[i] > last[largest] ? i : largest;
    }
    last[largest] *= 1 + 2e-5f;
    Trace erring = new Trace(trace.watched(), values, List.of(last));
    Network network = CompiledGraph.improved(graph).with(graph);
    assertThat(firstWrong(verdict(network, erring, PeerValues.NONE))).isEmpty();
    assertThat(firstWrong(verdict(CompiledGraph.exact(network), erring, PeerValues.NONE)))
        .contains("conv");
  }

  @Test
  void anotherEngineIsNamedWhereItBeginsToDiffer() {
    Graph graph = network();
    Trace trace = trace(graph, GOOD);
    Map<Integer, float[]> values = new HashMap<>();
    trace.values().forEach((id, value) -> values.put(id, value.clone()));
    PeerValues same = new PeerValues(values, trace.outputs(), 0);
    assertThat(verdict(graph, trace, same).agrees()).isTrue();
    for (String name : List.of("relu1", "relu2")) {
      Node node =
          graph.nodes().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
      values.get(node.id())[3] += 0.02f;
    }
    float[] scores = trace.outputs().getFirst().clone();
    scores[2] += 0.02f;
    Verdict verdict =
        verdict(
            graph, trace, new PeerValues(values, List.of(scores, trace.outputs().getLast()), 0));
    assertThat(verdict.firstWrong()).isEmpty();
    assertThat(verdict.firstOfPeer().map(Verdict.Layer::name)).contains("conv1");
    assertThat(verdict.othersOfPeer()).extracting(Verdict.Output::name).containsExactly("scores");
    assertThat(verdict.agrees()).isFalse();
  }

  /** Every kind of layer, with joins, slices and residuals in any order. */
  @Test
  void randomGraphsAgreeAndNothingGoesUnseen() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph graph = seed % 2 == 0 ? RandomGraphs.of(seed) : RandomGraphs.wide(seed);
      Verdict verdict = verdict(graph, trace(graph, GOOD), PeerValues.NONE);
      assertThat(firstWrong(verdict)).as("seed %d", seed).isEmpty();
      assertThat(verdict.spoilt()).as("seed %d", seed).isEmpty();
    }
  }
}
