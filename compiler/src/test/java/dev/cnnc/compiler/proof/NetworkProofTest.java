package dev.cnnc.compiler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.proof.NetworkProof.Fault;
import dev.cnnc.compiler.testing.GraphText;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.runtime.weights.Storage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random networks through text, emitted class, ONNX Runtime, export and import. */
class NetworkProofTest {

  private static final Storage[] STORAGES = {Storage.F32, Storage.F32, Storage.F16, Storage.BF16};

  @TempDir private Path folder;

  @Test
  @Tag("proof")
  void everyWayGivesTheSameNumbers() {
    Budget budget = Budget.given();
    Findings.none("networks", budget.seed(), budget.networks(), this::finding);
  }

  /** The smallest network that fails as that of the seed does. */
  private Optional<String> finding(long seed) {
    Graph graph = random(seed);
    NetworkProof proof =
        new NetworkProof(STORAGES[(int) Math.floorMod(seed, 4L)], seed % 5 == 0, folder);
    return proof
        .fault(graph)
        .map(
            fault -> {
              Graph smallest =
                  Shrinking.smallest(graph, each -> proof.failure(fault.way(), each).isPresent());
              Fault last = new Fault(fault.way(), proof.failure(fault.way(), smallest).get());
              return "%s fails, weights in %s%s: %s%n%s"
                  .formatted(
                      last.way(),
                      proof.storage(),
                      proof.exact() ? ", exact" : "",
                      shown(last.cause()),
                      text(smallest));
            });
  }

  /** With its causes, the text of a failure alone may be no more than the network. */
  private static String shown(Throwable failure) {
    StringBuilder shown = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      shown.append(each).append('\n');
      Arrays.stream(each.getStackTrace()).limit(4).forEach(f -> shown.append("  at " + f + "\n"));
    }
    return shown.toString();
  }

  /** Plain where the printer is what fails. */
  private static String text(Graph graph) {
    try {
      return NetworkProof.text(graph) + "weights synthetic\n";
    } catch (RuntimeException unprintable) {
      return GraphText.of(graph);
    }
  }

  /** Every third has many channels, every third several inputs, every fourth odd names. */
  private static Graph random(long seed) {
    Graph graph =
        switch ((int) Math.floorMod(seed, 3L)) {
          case 0 -> RandomGraphs.of(seed);
          case 1 -> RandomGraphs.wide(seed);
          default -> RandomGraphs.ofSeveralInputs(seed);
        };
    return seed % 4 == 0 ? OddNames.of(graph, seed) : graph;
  }

  /** Otherwise the proof would be silent about a layer. */
  @Test
  void drawsEveryLayer() {
    Set<String> all = records(Op.class).map(Class::getSimpleName).collect(Collectors.toSet());
    Set<String> drawn = new TreeSet<>();
    for (long seed = 0; seed < 600; seed++) {
      random(seed).nodes().stream()
          .map(Node::op)
          .forEach(op -> drawn.add(op.getClass().getSimpleName()));
    }
    assertThat(drawn).containsAll(all);
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(NetworkProofTest::records);
  }
}
