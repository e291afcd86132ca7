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
  private final double rounding;
  private final Map<Integer, Double> tolerances = new HashMap<>();

  /** How many layers that round there are from the input on. */
  private final Map<Integer, Integer> depths = new HashMap<>();

  /** A step of the quantisations from the input on, relative to the largest number. */
  private final Map<Integer, Double> steps = new HashMap<>();

  private final Map<Integer, Double> magnitudes = new HashMap<>();
  private final Map<Integer, Double> reaches = new HashMap<>();
  private final Map<Integer, Difference> differences = new HashMap<>();
  private final Map<Integer, Verdict.Peer> judged = new HashMap<>();

  FromInput(Network network, Map<Integer, float[]> ours, PeerValues peers) {
    this.network = network;
    this.ours = ours;
    this.peers = peers.layers();
    this.rounding = peers.rounding();
  }

  @Override
  public double[] given(Node node, double[] computed) {
    double own = Math.max(Difference.largest(computed), Tolerance.range(node));
    double before = 0;
    double reach = own;
    int depth = 0;
    double step = Tolerance.quantum(node) / own;
    for (int input : node.inputs()) {
      before = Math.max(before, tolerances.getOrDefault(input, 0.0));
      reach = Math.max(reach, magnitudes.getOrDefault(input, 0.0));
      depth = Math.max(depth, depths.getOrDefault(input, 0));
      step = Tolerance.quantum(node) > 0 ? step : Math.max(step, steps.getOrDefault(input, 0.0));
    }
    double tolerance = Tolerance.ofPeer(network, node).relative();
    tolerances.put(node.id(), before + tolerance);
    depths.put(node.id(), depth + (tolerance > 0 ? 1 : 0));
    steps.put(node.id(), Double.isFinite(step) ? step : 0);
    magnitudes.put(node.id(), own);
    reaches.put(node.id(), reach);
    float[] our = ours.get(node.id());
    if (our != null) {
      differences.put(node.id(), Difference.between(computed, our));
    }
    float[] peer = peers.get(node.id());
    if (peer != null) {
      judged.put(node.id(), peer(node.id(), computed, peer, ours(node.id()), 0));
    }
    return computed;
  }

  Difference ours(int node) {
    return differences.getOrDefault(node, Difference.NONE);
  }

  Optional<Verdict.Peer> peer(int node) {
    return Optional.ofNullable(judged.get(node));
  }

  /** Judges what another engine gives for an output; it may round as its model says. */
  Verdict.Peer output(int node, double[] expected, float[] peer, Difference ours) {
    return peer(node, expected, peer, ours, rounding * (1 + depths.getOrDefault(node, 0)));
  }

  private Verdict.Peer peer(
      int node, double[] expected, float[] peer, Difference ours, double roundings) {
    double limit =
        Math.max(
            (tolerances.getOrDefault(node, 0.0) + roundings) * reaches.getOrDefault(node, 0.0),
            steps.getOrDefault(node, 0.0) > 0 ? 0 : LENIENCE * ours.absolute());
    return new Verdict.Peer(
        Difference.between(expected, peer), limit, steps(node, expected, peer, roundings));
  }

  /** What the quantisations before a value explain. */
  Steps steps(int node, double[] expected, float[] actual, double roundings) {
    double reach = reaches.getOrDefault(node, 0.0);
    return Steps.of(
        expected,
        actual,
        steps.getOrDefault(node, 0.0) * magnitudes.getOrDefault(node, 0.0),
        (tolerances.getOrDefault(node, 0.0) + roundings) * reach);
  }
}
