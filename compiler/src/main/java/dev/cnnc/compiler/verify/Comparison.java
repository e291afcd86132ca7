package dev.cnnc.compiler.verify;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares the results of the class, and of another engine if there is one, with the reference,
 * which runs the network before any pass.
 *
 * @param source the learned tensors
 * @param inputs the common inputs
 * @param progress receives the name of the current stage
 */
public record Comparison(
    Network written, TensorSource source, List<float[]> inputs, Consumer<String> progress) {

  public Comparison {
    inputs = List.copyOf(inputs);
  }

  /** Runs the reference twice: on the class's own values, and from the input on. */
  public Verdict of(Trace trace, PeerValues peers) {
    Alone alone = new Alone(written, source, trace.values());
    Map<String, double[]> own = run("each layer alone", alone);
    FromInput fromInput = new FromInput(written, trace.values(), peers);
    Map<String, double[]> expected = run("from the input", fromInput);
    List<Verdict.Layer> layers =
        trace.watched().stream().map(watched -> layer(watched, alone, fromInput)).toList();
    List<Verdict.Output> outputs = new ArrayList<>();
    for (int index = 0; index < trace.outputs().size(); index++) {
      Graph.Output output = written.graph().outputs().get(index);
      float[] got = trace.outputs().get(index);
      double[] right = Objects.requireNonNull(expected.get(output.name()));
      Difference whole = Difference.between(right, got);
      Optional<Verdict.Peer> peer =
          peers.outputs().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  fromInput.output(output.node(), right, peers.outputs().get(index), whole));
      outputs.add(
          new Verdict.Output(
              output.name(),
              written.graph().node(output.node()).shape(),
              isSame(Objects.requireNonNull(own.get(output.name())), got),
              whole,
              fromInput.steps(output.node(), right, got, 0),
              Numbers.of(right),
              peer));
    }
    return new Verdict(layers, outputs);
  }

  private Map<String, double[]> run(String how, Reference.Observer observer) {
    return Reference.run(
        written.graph(),
        source,
        inputs,
        (node, computed) -> {
          progress.accept(
              "interpreting %s, %s of %s layers done"
                  .formatted(how, node.id() + 1, written.graph().nodes().size()));
          return observer.given(node, computed);
        });
  }

  private static Verdict.Layer layer(Watched watched, Alone alone, FromInput fromInput) {
    Node node = watched.written();
    Alone.Checked checked = alone.of(node);
    return new Verdict.Layer(
        watched.name(),
        checked.kinds(),
        node.shape(),
        checked.difference(),
        checked.worst(),
        fromInput.ours(node.id()),
        fromInput.peer(node.id()));
  }

  /** After the last layer that the class writes, numbers are only moved. */
  private static boolean isSame(double[] layer, float[] got) {
    for (int index = 0; index < got.length; index++) {
      if ((float) layer[index] != got[index]
          && !(Double.isNaN(layer[index]) && Float.isNaN(got[index]))) {
        return false;
      }
    }
    return got.length == layer.length;
  }
}
