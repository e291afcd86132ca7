package dev.cnnc.compiler.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.compiler.predict.ReadSpeed;
import dev.cnnc.compiler.predict.Work;
import dev.cnnc.compiler.testing.Zoo;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a machine is measured with. */
class CalibrationNetworkTest {
  private static final ReadSpeed SPEED = new ReadSpeed(List.of(new ReadSpeed.Point(1024, 0.01)));
  private static final long EVERY_NETWORK = Long.MAX_VALUE;

  private record Layer(Shape input, int filters, Window window, int groups) {}

  /** Predictions of the examples are then a test of the model. */
  @Test
  void noConvIsOneOfTheExamples() throws IOException {
    Set<Layer> examples = new HashSet<>();
    for (Network network : Zoo.improved(EVERY_NETWORK)) {
      examples.addAll(layers(network.graph()).keySet());
    }
    Map<Layer, String> same = new HashMap<>();
    for (Network network : CalibrationNetwork.all()) {
      same.putAll(layers(improved(network).graph()));
    }
    same.keySet().retainAll(examples);
    assertThat(same).isEmpty();
  }

  /** At every width of vectors, by at least as many steps as a prediction asks for. */
  @Test
  void everyKindOfTheExamplesIsMeasured() throws IOException {
    for (int lanes : List.of(16, 8, 4, 1)) {
      Map<String, Integer> measured = new HashMap<>();
      for (Network network : CalibrationNetwork.all()) {
        kinds(improved(network), lanes)
            .forEach((kind, count) -> measured.merge(kind, count, Integer::sum));
      }
      Map<String, Integer> missing = new TreeMap<>();
      for (Network network : Zoo.improved(EVERY_NETWORK)) {
        kinds(network, lanes)
            .forEach(
                (kind, _) -> {
                  int count = measured.getOrDefault(kind, 0);
                  if (count < 3) {
                    missing.put(kind, count);
                  }
                });
      }
      assertThat(missing).as("%s lanes", lanes).isEmpty();
    }
  }

  private static Map<String, Integer> kinds(Network improved, int lanes) {
    Map<String, Integer> kinds = new HashMap<>();
    Plan plan = Planner.plan(improved);
    for (Work work : Work.of(plan, lanes, SPEED)) {
      kinds.merge(work.kind(), 1, Integer::sum);
    }
    return kinds;
  }

  private static Map<Layer, String> layers(Graph graph) {
    Map<Layer, String> layers = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Conv conv) {
        Shape input = graph.node(node.inputs().getFirst()).shape();
        layers.put(
            new Layer(input, conv.filters(), conv.window(), conv.groups()),
            graph.name() + " " + node.name());
      }
    }
    return layers;
  }

  private static Network improved(Network written) {
    return Passes.improved(written);
  }
}
