package dev.cnnc.compiler.weights;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Origin;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.compiler.lower.Nearest;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.runtime.weights.Recipe.Stored;
import dev.cnnc.runtime.weights.Storage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks that a file has the tensors that the layers need, with the right shapes and finite
 * elements.
 *
 * <p>Needs the graph before any pass, because passes join tensors of several layers.
 */
public final class WeightsCheck {

  /** Name of PyTorch's training counter, which no layer uses. */
  private static final String COUNTER = "num_batches_tracked";

  /**
   * Most fixes that are computed: comparing all names with all names of a wrong file takes long and
   * does not help.
   */
  private static final int MOST_CURES = 100;

  /** Most unused tensors that are named one by one. */
  private static final int MOST_NAMES = 8;

  private final Graph graph;
  private final Safetensors file;
  private final Storage storage;
  private final Set<String> unused;
  private final List<Diagnostic> findings = new ArrayList<>();

  private WeightsCheck(Graph graph, Safetensors file, Storage storage) {
    this.graph = graph;
    this.file = file;
    this.storage = storage;
    this.unused = new LinkedHashSet<>(file.tensors().keySet());
  }

  /** All errors, each at the layer that needs the tensor, and at most one warning. */
  public static List<Diagnostic> check(Graph graph, Safetensors file, Storage storage) {
    return new WeightsCheck(graph, file, storage).findings();
  }

  private List<Diagnostic> findings() {
    for (Node node : graph.nodes()) {
      Tensors.stored(node.op()).forEach(tensor -> unused.remove(tensor.name()));
    }
    Optional<String> prefix = Prefix.of(tensors(), file.tensors().keySet());
    if (prefix.isPresent()) {
      return List.of(file.complaints().prefixed(prefix.get(), tensors().size()).diagnostic());
    }
    for (Node node : graph.nodes()) {
      Tensors.stored(node.op()).forEach(tensor -> check(tensor, node));
    }
    unused.removeIf(name -> name.endsWith(COUNTER));
    if (!unused.isEmpty()) {
      findings.add(unusedTensors());
    }
    return List.copyOf(findings);
  }

  private Set<String> tensors() {
    return graph.nodes().stream()
        .flatMap(node -> Tensors.stored(node.op()).stream())
        .map(Stored::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void check(Stored wanted, Node node) {
    Origin origin = node.origin();
    StoredTensor found = file.tensors().get(wanted.name());
    if (found == null) {
      Diagnostic missing = file.complaints().missing(wanted.name()).diagnostic();
      findings.add(at(origin, missing, nearest(wanted).map(name -> "did you mean " + name + "?")));
    } else {
      file.complaint(found, wanted.shape())
          .or(() -> file.complaintAboutElements(found, storage, Tensors.mayBeInfinite(graph, node)))
          .map(SafetensorsException::diagnostic)
          .ifPresent(
              wrong -> findings.add(at(origin, wrong, wrong.help().or(() -> cure(found, node)))));
    }
  }

  /** A fix for an fc on every pixel that finds the weights of an fc on a flattened picture. */
  private Optional<String> cure(StoredTensor found, Node node) {
    boolean flattened =
        node.op() instanceof Op.Conv conv
            && conv.isFc()
            && found.shape().equals(List.of((long) conv.filters(), (long) entering(node).size()));
    return flattened
        ? Optional.of("fc acts on every pixel by itself: write flatten before it")
        : Optional.empty();
  }

  private Shape entering(Node node) {
    return graph.node(node.inputs().getFirst()).shape();
  }

  private static Diagnostic at(Origin origin, Diagnostic diagnostic, Optional<String> help) {
    return new Diagnostic(
        diagnostic.code(),
        diagnostic.severity(),
        Optional.of(origin.span()),
        diagnostic.message(),
        origin.trail(),
        help);
  }

  /**
   * The nearest of the unused names. A name with the same end comes first, because whole models can
   * have a prefix.
   */
  private Optional<String> nearest(Stored wanted) {
    if (findings.size() >= MOST_CURES) {
      return Optional.empty();
    }
    return unused.stream()
        .filter(name -> name.endsWith("." + wanted.name()))
        .findFirst()
        .or(() -> Nearest.to(wanted.name(), unused));
  }

  private Diagnostic unusedTensors() {
    String counts = unused.size() <= MOST_NAMES ? String.join(", ", unused) : counts();
    return new Diagnostic(
        "W301",
        Diagnostic.Severity.WARNING,
        file.complaints().clause(),
        "no layer uses %s %s of %s: %s"
            .formatted(
                unused.size(),
                unused.size() == 1 ? "tensor" : "tensors",
                file.complaints().file(),
                counts),
        List.of(),
        Optional.empty());
  }

  private String counts() {
    return unused.stream()
        .collect(Collectors.groupingBy(WeightsCheck::prefix, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(group -> group.getKey() + " (" + group.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String prefix(String name) {
    return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
  }
}
