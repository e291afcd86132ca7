package dev.cnnc.compiler.verify;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.reference.Reference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Compares the class, and another engine, with a reference that runs from the input on. */
final class FromInput implements Reference.Observer {

  /**
   * Factor by which another engine may differ more than the class. Both add in float, each in its
   * own order, and a deep network amplifies small differences.
   */
  private static final double LENIENCE = 10;

  private final Network network;
  private final Map<Integer, float[]> ours;
  private final Map<Integer, float[]> peers;
  private final Map<Integer, Double> tolerances = new HashMap<>();
  private final Map<Integer, Double> magnitudes = new HashMap<>();
  private final Map<Integer, Double> reaches = new HashMap<>();
  private final Map<Integer, Difference> differences = new HashMap<>();
  private final Map<Integer, Difference> peerDifferences = new HashMap<>();

  FromInput(Network network, Map<Integer, float[]> ours, Map<Integer, float[]> peers) {
    this.network = network;
    this.ours = ours;
    this.peers = peers;
  }

  @Override
  public double[] given(Node node, double[] computed) {
    double own = Math.max(Difference.largest(computed), Tolerance.range(node));
    double before = 0;
    double reach = own;
    for (int input : node.inputs()) {
      before = Math.max(before, tolerances.getOrDefault(input, 0.0));
      reach = Math.max(reach, magnitudes.getOrDefault(input, 0.0));
    }
    tolerances.put(node.id(), before + Tolerance.of(network, node).relative());
    magnitudes.put(node.id(), own);
    reaches.put(node.id(), reach);
    float[] our = ours.get(node.id());
    if (our != null) {
      differences.put(node.id(), Difference.between(computed, our));
    }
    float[] peer = peers.get(node.id());
    if (peer != null) {
      peerDifferences.put(node.id(), Difference.between(computed, peer));
    }
    return computed;
  }

  Difference ours(int node) {
    return differences.getOrDefault(node, Difference.NONE);
  }

  Optional<Verdict.Peer> peer(int node) {
    return Optional.ofNullable(peerDifferences.get(node))
        .map(difference -> peer(node, difference, ours(node)));
  }

  /** Judges the result of another engine for a value. */
  Verdict.Peer peer(int node, Difference peer, Difference ours) {
    double limit =
        Math.max(
            tolerances.getOrDefault(node, 0.0) * reaches.getOrDefault(node, 0.0),
            LENIENCE * ours.absolute());
    return new Verdict.Peer(peer, limit);
  }
}
