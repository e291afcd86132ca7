package dev.cnnc.compiler.proof;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.testing.JavaWords;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Names that mean something to the language, to Java, to ONNX or to the emitted class. */
final class OddNames {

  /** What a label may be. */
  private static final List<String> LABELS =
      Stream.of(
              JavaWords.RESERVED,
              JavaWords.CONTEXTUAL,
              List.of("0", "1", "007", "1.0", "1x1", "2k", "-", "--", "-1", "a-b", "a_b", "a.b"),
              List.of("A.B", "a.B", "weight", "conv.weight", "conv", "identity", "index"),
              List.of("image", "input", "output", "net", "Net", "kernels", "step", "arena"),
              List.of("weights", "labels", "true", "infinity", "nan", "same", "and", "when"),
              List.of("_", "__", "_1", "String", "View", "List", "hash", "HASH", "run", "load"),
              List.of("n".repeat(200), "m.".repeat(60) + "m", "x.0", "x.1", "x.2", "x"))
          .flatMap(List::stream)
          .toList();

  /** What a word of a file may be, so that an output or a network can be called so. */
  private static final List<String> WORDS =
      Stream.of(
              List.of("int", "class", "yield", "void", "_", "__", "_1", "this", "record", "var"),
              List.of("string", "object", "override", "kernels", "view", "list", "run", "load"),
              List.of(
                  "fork", "forks", "close", "step", "signature", "hash", "arena", "net", "outputs"),
              List.of("Net", "NET", "n" + "o".repeat(60), "image_0", "result", "results", "math"))
          .flatMap(List::stream)
          .toList();

  private final SplittableRandom random;
  private final Set<String> taken = new HashSet<>();

  private OddNames(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The same graph; tensors keep their names. */
  static Graph of(Graph graph, long seed) {
    OddNames names = new OddNames(seed);
    graph.inputs().forEach(input -> names.taken.add(input.name()));
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      String name = node.op() instanceof Op.Input ? node.name() : names.pick(LABELS);
      nodes.add(new Node(node.id(), name, node.op(), node.inputs(), node.shape(), node.origin()));
    }
    List<Graph.Output> outputs = new ArrayList<>();
    for (Graph.Output output : graph.outputs()) {
      outputs.add(new Graph.Output(names.pick(WORDS), output.node()));
    }
    return new Graph(WORDS.get(names.random.nextInt(WORDS.size())), nodes, outputs);
  }

  /** One that nothing has yet. */
  private String pick(List<String> names) {
    for (int tries = 0; ; tries++) {
      String name = names.get(random.nextInt(names.size()));
      if (taken.add(name)) {
        return name;
      }
      if (tries > 50 && taken.add(name + tries)) {
        return name + tries;
      }
    }
  }
}
