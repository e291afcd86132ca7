package dev.cnnc.compiler;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.compiler.weights.RoundedSource;
import dev.cnnc.compiler.weights.Safetensors;
import dev.cnnc.compiler.weights.SafetensorsException;
import dev.cnnc.compiler.weights.WeightsCheck;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Diagnostic.Severity;
import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.List;
import java.util.Optional;

/**
 * The tensors that a network's weights clause leads to, checked against its layers.
 *
 * @param source there if, and only if, no diagnostic is an error
 */
public record StoredTensors(Optional<TensorSource> source, List<Diagnostic> diagnostics) {

  public StoredTensors {
    diagnostics = List.copyOf(diagnostics);
  }

  /**
   * Opens and checks; no tensor stays in memory.
   *
   * @param frontend of a good file
   * @param instead of the weights that the file names
   */
  public static StoredTensors open(Frontend frontend, Optional<Network.Weights> instead) {
    Network written = frontend.written().orElseThrow();
    return open(
        written,
        instead.orElse(written.weights()),
        instead.isPresent() ? Optional.empty() : frontend.weightsClause());
  }

  private static StoredTensors open(
      Network written, Network.Weights weights, Optional<Span> clause) {
    Graph graph = written.graph();
    Storage storage = written.storage();
    return switch (weights) {
      case Network.Weights.Synthetic() ->
          new StoredTensors(Optional.of(RoundedSource.of(new Synthetic(), storage)), List.of());
      case Network.Weights.Unsaid() ->
          needsNone(graph)
              ? new StoredTensors(Optional.of(new Synthetic()), List.of())
              : new StoredTensors(Optional.empty(), List.of(unsaid(graph)));
      case Network.Weights.File(var path) -> {
        try {
          Safetensors file = Safetensors.open(path, clause);
          List<Diagnostic> findings = WeightsCheck.check(graph, file, storage);
          boolean good = findings.stream().allMatch(each -> each.severity() == Severity.WARNING);
          yield new StoredTensors(
              good ? Optional.of(RoundedSource.of(file, storage)) : Optional.empty(), findings);
        } catch (SafetensorsException e) {
          yield new StoredTensors(Optional.empty(), List.of(e.diagnostic()));
        }
      }
    };
  }

  /** Whether no layer has tensors: the source is then never asked. */
  private static boolean needsNone(Graph graph) {
    return graph.nodes().stream().allMatch(node -> Tensors.stored(node.op()).isEmpty());
  }

  private static Diagnostic unsaid(Graph graph) {
    return new Diagnostic(
        "E320",
        Severity.ERROR,
        Optional.of(graph.node(0).origin().span()),
        "network " + graph.name() + " does not say where its weights are",
        List.of(),
        Optional.of(
            "write weights \"FILE.safetensors\" or weights synthetic into the file, or use"
                + " --weights"));
  }
}
