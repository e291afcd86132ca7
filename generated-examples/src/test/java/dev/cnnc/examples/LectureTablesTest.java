package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.plan.Cost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables that the lectures print, row by row, against what the compiler counts; where a lecture
 * errs, the right number stands here and {@link #wherePrintedTablesErr} holds both.
 */
class LectureTablesTest {

  /** The layers that have rows. */
  private static final Set<String> KINDS = Set.of("conv", "pool", "fc");

  /** Layer, output, parameters, and multiply-accumulates or a pool's operations; - is not told. */
  private static final String LENET5 =
      """
      conv | 28x28x6 | 156    | 117.6 k
      pool | 14x14x6 | 0      | 4,704
      conv | 10x10x16| 2,416  | 240 k
      pool | 5x5x16  | 0      | 1.6 k
      fc   | 120     | 48,120 | 48 k
      fc   | 84      | 10,164 | 10.08 k
      fc   | 10      | 850    | 840
      """;

  private static final String ALEXNET_SINGLE =
      """
      conv | 55x55x96  | 34,944     | 105.4 M
      pool | 27x27x96  | 0          | 0.63 M
      conv | 27x27x256 | 614,656    | 447.9 M
      pool | 13x13x256 | 0          | -
      conv | 13x13x384 | 885,120    | 149.5 M
      conv | 13x13x384 | 1,327,488  | 224.3 M
      conv | 13x13x256 | 884,992    | 149.5 M
      pool | 6x6x256   | 0          | 0.083 M
      fc   | 4096      | 37,752,832 | -
      fc   | 4096      | 16,781,312 | -
      fc   | 1000      | 4,097,000  | -
      """;

  private static final String ALEXNET_2012 =
      """
      conv | 55x55x96  | - | 105 M
      pool | 27x27x96  | - | -
      conv | 27x27x256 | - | 224 M
      pool | 13x13x256 | - | -
      conv | 13x13x384 | - | 150 M
      conv | 13x13x384 | - | 112 M
      conv | 13x13x256 | - | 75 M
      pool | 6x6x256   | - | -
      fc   | 4096      | - | -
      fc   | 4096      | - | -
      fc   | 1000      | - | -
      """;

  private static final String ZFNET =
      """
      conv | 110x110x96 | 14,208     | 170.8 M
      pool | 55x55x96   | 0          | -
      conv | 26x26x256  | 614,656    | 415.3 M
      pool | 13x13x256  | 0          | -
      conv | 13x13x512  | 1,180,160  | 199.4 M
      conv | 13x13x1024 | 4,719,616  | 797.4 M
      conv | 13x13x512  | 4,719,104  | 797.4 M
      pool | 6x6x512    | 0          | -
      fc   | 4096       | 75,501,568 | -
      fc   | 4096       | 16,781,312 | -
      fc   | 1000       | 4,097,000  | -
      """;

  private static final String VGG16 =
      """
      conv | 224x224x64  | 1,792       | 86.7 M
      conv | 224x224x64  | 36,928      | 1,850 M
      pool | 112x112x64  | 0           | -
      conv | 112x112x128 | 73,856      | 925 M
      conv | 112x112x128 | 147,584     | 1,850 M
      pool | 56x56x128   | 0           | -
      conv | 56x56x256   | 295,168     | 925 M
      conv | 56x56x256   | 590,080     | 1,850 M
      conv | 56x56x256   | 590,080     | 1,850 M
      pool | 28x28x256   | 0           | -
      conv | 28x28x512   | 1,180,160   | 925 M
      conv | 28x28x512   | 2,359,808   | 1,850 M
      conv | 28x28x512   | 2,359,808   | 1,850 M
      pool | 14x14x512   | 0           | -
      conv | 14x14x512   | 2,359,808   | 462 M
      conv | 14x14x512   | 2,359,808   | 462 M
      conv | 14x14x512   | 2,359,808   | 462 M
      pool | 7x7x512     | 0           | -
      fc   | 4096        | 102,764,544 | -
      fc   | 4096        | 16,781,312  | -
      fc   | 1000        | 4,097,000   | -
      """;

  @Test
  void everyRowIsWhatTheCompilerCounts() throws IOException {
    check("lenet5", LENET5);
    check("alexnet_single", ALEXNET_SINGLE);
    check("alexnet_2012", ALEXNET_2012);
    check("zfnet", ZFNET);
    check("vgg16", VGG16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lenet5         | 61,706      | 0.42 M",
        "alexnet_single | 62,378,344  | 1.135 G",
        "alexnet_2012   | 61.0 M      | 724 M",
        "zfnet          | 107.6 M     | 2.48 G",
        "vgg11          | 133 M       | -",
        "vgg13          | 133 M       | -",
        "vgg_c          | 134 M       | -",
        "vgg16          | 138,357,544 | 15.5 G",
        "vgg19          | 144 M       | -",
        "googlenet_2014 | 7.0 M       | -",
        "resnet50_2015  | 25.5 M      | 3.86 G",
      })
  void everyTotalIsWhatTheCompilerCounts(String network, String parameters, String macs)
      throws IOException {
    Cost cost = Cost.of(graph(Sources.network(network)));
    assertPrinted(network, "parameters", parameters, cost.parameters());
    assertPrinted(network, "MACs", macs, cost.macs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alexnet_2012   | 2.3 M  | 666 M  | 58.6 M | 58.6 M",
        "vgg16          | 14.7 M | 15.3 G | 123.6 M| 124 M",
        "googlenet_2014 | 6.0 M  | 1.58 G | 1.0 M  | -",
        "resnet50_2015  | 23.5 M | 3.86 G | 2 M    | -",
      })
  void convsComputeAndFullyConnectedLayersRemember(
      String network, String convParameters, String convMacs, String fcParameters, String fcMacs)
      throws IOException {
    Graph graph = graph(Sources.network(network));
    Cost fc = sum(graph, node -> node.op() instanceof Op.Fc);
    Cost rest = sum(graph, node -> !(node.op() instanceof Op.Fc));
    assertPrinted(network, "parameters of convs and norms", convParameters, rest.parameters());
    assertPrinted(network, "MACs of convs", convMacs, rest.macs());
    assertPrinted(network, "parameters of fc", fcParameters, fc.parameters());
    assertPrinted(network, "MACs of fc", fcMacs, fc.macs());
  }

  @ParameterizedTest
  @CsvSource({"googlenet_2014, 57, 21", "resnet50_2015, 53, 49"})
  void convolutionsInAllAndOnTheLongestPath(String network, long all, int deep) throws IOException {
    Graph graph = graph(Sources.network(network));
    assertThat(graph.nodes().stream().filter(node -> node.op() instanceof Op.Conv))
        .hasSize((int) all);
    assertThat(depth(graph)).isEqualTo(deep);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inception_naive      | 28x28x672 | 854 M",
        "inception_bottleneck | 28x28x480 | 271.4 M",
        "conv_5x5             | 28x28x32  | 120 M",
        "conv_5x5_behind_1x1  | 28x28x32  | 12.4 M",
      })
  void aBottleneckSavesWork(String idea, String output, String macs) throws IOException {
    Graph graph = graph(Sources.idea(idea));
    assertThat(text(graph.nodes().getLast().shape())).isEqualTo(output);
    assertPrinted(idea, "MACs", macs, Cost.of(graph).macs());
  }

  @Test
  void threeSmallConvsHaveFewerWeightsThanOneLargeOne() throws IOException {
    Graph one = graph(Sources.idea("conv_7x7"));
    Graph three = graph(Sources.idea("conv_three_3x3"));
    long channels = one.node(0).shape().channels();
    assertThat(Cost.of(one).parameters()).isEqualTo(49 * channels * channels);
    assertThat(Cost.of(three).parameters()).isEqualTo(27 * channels * channels);
    assertThat(three.nodes().getLast().shape()).isEqualTo(one.nodes().getLast().shape());
  }

  @Test
  void onlyWhatIsAliveNeedsMemory() throws IOException {
    Compilation.Result vgg16 =
        Compiler.compile(Sources.network("vgg16"), "networks", Optional.empty())
            .result()
            .orElseThrow();
    long kept = vgg16.passes().getLast().graph().elements();
    assertPrinted("vgg16", "floats of all activations", "15.2 M", kept);
    assertPrinted("vgg16", "bytes of all activations", "61 M", 4 * kept);
    assertThat(4L * vgg16.backend().plan().arena()).isBetween(25_600_000L, 26_000_000L);
  }

  /** Layer by its name in the file, what is printed, what is right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alexnet_single | conv1        | 34,857     | 34,944",
        "lenet5         | 1            | 4,074      | 4,704",
        "zfnet          | conv5        | 4,719,616  | 4,719,104",
        "zfnet          | fc6          | 75,515,904 | 75,501,568",
        "vgg16          | classifier.0 | 29 M       | 102.8 M",
      })
  void wherePrintedTablesErr(String network, String layer, String printed, String right)
      throws IOException {
    Graph graph = graph(Sources.network(network));
    Node node =
        graph.nodes().stream().filter(n -> n.name().equals(layer)).findFirst().orElseThrow();
    Cost cost = Cost.of(graph, node);
    long count = node.op() instanceof Op.Pool ? cost.operations() : cost.parameters();
    assertThat(Printed.of(printed).says(count)).as("%s %s is wrong", layer, printed).isFalse();
    assertPrinted(network, layer, right, count);
  }

  private static void check(String network, String table) throws IOException {
    Graph graph = graph(Sources.network(network));
    List<String> rows = table.lines().toList();
    List<Node> layers = graph.nodes().stream().filter(node -> KINDS.contains(kind(node))).toList();
    assertThat(layers).as(network).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      String[] cells = rows.get(i).split("\\|", -1);
      Node node = layers.get(i);
      Cost cost = Cost.of(graph, node);
      String what = "%s, %s".formatted(network, node.name());
      assertThat(kind(node)).as(what).isEqualTo(cells[0].strip());
      assertThat(text(node.shape())).as(what).isEqualTo(cells[1].strip());
      assertPrinted(what, "parameters", cells[2].strip(), cost.parameters());
      assertPrinted(what, "operations", cells[3].strip(), cost.macs() + cost.operations());
    }
  }

  private static void assertPrinted(String where, String what, String printed, long exact) {
    assertThat(printed.equals("-") || Printed.of(printed).says(exact))
        .as("%s: %s are %,d, printed as %s", where, what, exact, printed)
        .isTrue();
  }

  private static String kind(Node node) {
    return node.op().getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String text(Shape shape) {
    return shape.isVector()
        ? Integer.toString(shape.channels())
        : "%dx%dx%d".formatted(shape.height(), shape.width(), shape.channels());
  }

  private static Cost sum(Graph graph, Predicate<Node> which) {
    long parameters = 0;
    long macs = 0;
    for (Node node : graph.nodes()) {
      Cost cost = Cost.of(graph, node);
      parameters += which.test(node) ? cost.parameters() : 0;
      macs += which.test(node) ? cost.macs() : 0;
    }
    return new Cost(parameters, macs, 0);
  }

  /** Convs on the path that has most of them. */
  private static int depth(Graph graph) {
    List<Integer> depths = new ArrayList<>();
    for (Node node : graph.nodes()) {
      int before = node.inputs().stream().mapToInt(depths::get).max().orElse(0);
      depths.add(before + (node.op() instanceof Op.Conv ? 1 : 0));
    }
    return depths.getLast();
  }

  private static Graph graph(Path file) throws IOException {
    return Frontend.of(file).written().orElseThrow().graph();
  }
}
