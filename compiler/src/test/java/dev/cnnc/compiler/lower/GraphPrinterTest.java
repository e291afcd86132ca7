package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.KernelGraphs;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Storage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed can be read back. */
class GraphPrinterTest {

  private static final int GRAPHS = 200;

  @Test
  void randomGraphsComeBack() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      assertComesBack(around(RandomGraphs.of(seed)), "seed " + seed);
      assertComesBack(around(RandomGraphs.ofSeveralInputs(seed)), "inputs, seed " + seed);
    }
  }

  @Test
  void randomGraphsComeBackAfterThePasses() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph graph = Passes.run(RandomGraphs.of(seed)).getLast().graph();
      assertComesBack(around(graph), "seed " + seed);
    }
  }

  @Test
  void everyActivationComesBack() {
    GraphBuilder graph = new GraphBuilder(2, 3, 4);
    int value = 0;
    for (Activation function : KernelGraphs.activations()) {
      value = graph.activate("f" + value, function, value);
    }
    assertComesBack(around(graph.build(value)), "activations");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lenet5", "resnet18", "vgg11", "cifar_resnet20", "mobilenet_v2", "densenet121"})
  void networksComeBackBeforeAndAfterThePasses(String name) {
    Network network = Texts.network(Texts.resource(name));
    assertComesBack(network, name);
    assertComesBack(Passes.improved(network), name);
  }

  @Test
  void theTextReadsLikeAFile() {
    Network network =
        Texts.network(
            """
            network small "a \\"small\\" one"
            input picture [3, 8, 8]
            weights synthetic
            labels ["no", "yes"]
            preprocess { resize 8x8; scale 1/255; mean [0.5, 0.25, 0.125] }
            block unit(filters) = conv(filters, 3x3, pad: 1) -> bn -> relu6
            stem = picture -> first: unit(4)
            output mask = stem -> head: conv(1, 1x1) -> sigmoid
            stem -> add(identity, [unit(4) -> leaky_relu(0.2)]) -> maxpool(2x2, pad: same) -> flatten -> fc: fc(2)
            """
                .replace("\\\"", "'"));

    Graph fused = Passes.run(network.graph()).getLast().graph();

    assertThat(GraphPrinter.print(network.with(fused), Optional.of("small.safetensors")).text())
        .isEqualTo(
            """
            network small "a 'small' one"

            input picture [3, 8, 8]
            weights "small.safetensors"
            labels ["no", "yes"]
            preprocess { resize 8x8; scale 0.00392156862745098; mean [0.5, 0.25, 0.125] }

            first_0 = picture -> "first.0": conv(4, 3x3, pad: 1, activation: relu6)
            output mask = first_0 -> head: conv(1, 1x1, activation: sigmoid)
            at_2 = first_0 -> "1.0": conv(4, 3x3, pad: 1, activation: relu6) -> 2: leaky_relu(slope: 0.2)
            fc_2 = add: add(first_0, at_2) -> 3: maxpool(2x2) -> fc: fc(2, flatten: true)

            fc_2 -> identity
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "letterbox 8; bgr; scale 1/4",
        "letterbox 12x8; fill 0; stride 4; place corner; filter pillow",
        "resize 9; multiple 4; filter opencv; std 2"
      })
  void preprocessComesBack(String settings) {
    Network network =
        Texts.network(
            "network n\ninput image [3, 8, 8]\nimage -> relu\npreprocess { %s }"
                .formatted(settings));
    String text = GraphPrinter.print(network, Optional.empty()).text();
    assertThat(Texts.network(text).inputs().getFirst().preprocess())
        .isEqualTo(network.inputs().getFirst().preprocess())
        .isPresent();
  }

  @Test
  void foldedTensorsGoUnderTheirLayersNames() {
    Network network = Texts.pipeline("conv: conv(4, 3x3) -> bn: bn -> flatten -> fc: fc(2)");
    Graph fused = Passes.run(network.graph()).getLast().graph();

    var tensors = GraphPrinter.print(network.with(fused), Optional.empty()).tensors();

    assertThat(tensors).containsOnlyKeys("conv.weight", "conv.bias", "fc.weight", "fc.bias");
    assertThat(tensors.get("conv.weight")).isInstanceOf(Recipe.RowProduct.class);
    assertThat(tensors.get("fc.weight")).isEqualTo(GraphBuilder.stored("fc.weight", 2, 144));
  }

  @Test
  void aConstantScaleKeepsItsNumberAndHasNoTensors() {
    Network network = Texts.pipeline("add(identity, relu) -> 0: scale(0.75) -> 1: scale");

    GraphPrinter.Printed printed = GraphPrinter.print(network, Optional.empty());

    assertThat(printed.text()).contains("scale(0.75) -> 1: scale\n");
    assertThat(printed.tensors()).containsOnlyKeys("1.weight", "1.bias");
    assertThat(Cost.of(network.graph()).parameters()).isEqualTo(6);
  }

  @Test
  void aConstantScaleGoesIntoTheConvBeforeIt() {
    Network network = Texts.pipeline("conv: conv(4, 3x3) -> bn -> scale(0.5)");

    Graph fused = Passes.run(network.graph()).getLast().graph();

    assertThat(fused.nodes()).extracting(Node::name).containsExactly("image", "conv");
  }

  private static void assertComesBack(Network network, String description) {
    GraphPrinter.Printed printed = GraphPrinter.print(network, Optional.empty());
    Network back = Texts.network(printed.text());
    assertThat(plain(back.graph()))
        .as("%s%n%s", description, printed.text())
        .isEqualTo(plain(network.graph()));
    assertThat(back.labels()).isEqualTo(network.labels());
    assertThat(back.inputs())
        .extracting(Network.Input::preprocess)
        .isEqualTo(network.inputs().stream().map(Network.Input::preprocess).toList());
    assertThat(back.graph().nodes())
        .flatExtracting(node -> Tensors.stored(node.op()))
        .extracting(Recipe.Stored::name)
        .containsExactlyElementsOf(printed.tensors().keySet());
  }

  private static Network around(Graph graph) {
    return new Network(
        graph,
        "",
        graph.inputs().stream()
            .map(input -> Network.Input.of("picture" + (input.id() == 0 ? "" : input.name())))
            .toList(),
        new Network.Weights.Unsaid(),
        List.of(),
        false,
        Storage.F32);
  }

  /** The graph without what a text does not say: places, recipes, the input's name. */
  private static Graph plain(Graph graph) {
    List<Node> nodes =
        graph.nodes().stream()
            .map(
                node ->
                    new Node(
                        node.id(),
                        node.op() instanceof Op.Input ? "input" + node.id() : node.name(),
                        plain(node.op(), node.name()),
                        node.inputs(),
                        node.shape(),
                        GraphBuilder.NOWHERE))
            .toList();
    return new Graph(graph.name(), nodes, graph.outputs());
  }

  private static Op plain(Op op, String name) {
    return switch (op) {
      case Op.Conv conv ->
          new Op.Conv(
              conv.filters(),
              conv.window(),
              conv.groups(),
              stored(name + ".weight", conv.weight()),
              conv.bias().map(bias -> stored(name + ".bias", bias)),
              conv.epilogue());
      case Op.Fc fc ->
          new Op.Fc(
              fc.outputs(),
              stored(name + ".weight", fc.weight()),
              fc.bias().map(bias -> stored(name + ".bias", bias)),
              fc.epilogue());
      case Op.Scale scale ->
          new Op.Scale(
              stored(name + ".weight", scale.factor()), stored(name + ".bias", scale.shift()));
      case Op.Learned(Recipe tensor) -> new Op.Learned(stored(name, tensor));
      case Op.LayerNorm norm ->
          new Op.LayerNorm(
              stored(name + ".weight", norm.weight()),
              stored(name + ".bias", norm.bias()),
              norm.epsilon());
      case Op.Activate(Activation.Identity()) -> new Op.Dropout();
      case Op.Pool pool when pool.reduction() == Op.Reduction.MAX ->
          new Op.Pool(pool.reduction(), pool.window(), pool.ceil(), false);
      case Op other -> other;
    };
  }

  private static Recipe stored(String name, Recipe recipe) {
    return new Recipe.Stored(name, recipe.shape());
  }
}
