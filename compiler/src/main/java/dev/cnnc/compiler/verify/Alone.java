package dev.cnnc.compiler.verify;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.reference.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks each layer of the class by itself: the reference computes the layer of the file from the
 * values that the class computed before it. If every layer is correct alone and reads what the
 * layers before it wrote, the whole network is correct.
 */
final class Alone implements Reference.Observer {

  /**
   * Factor on the tolerances of the tested layers, because a user's network may have longer sums. A
   * fault is rarely that small, and Winograd stays below 1e-4.
   */
  private static final double HEADROOM = 3;

  /**
   * The layers since the last values that the class wrote.
   *
   * @param tolerance of all together
   * @param step how far another step lies that a rounding between them may choose
   * @param largest their largest value
   */
  private record Open(List<Node> layers, double tolerance, double step, double largest) {
    private static Open of(double largest) {
      return new Open(List.of(), 0, 0, largest);
    }
  }

  /** One layer, checked. */
  record Checked(String kinds, Difference difference, double limit) {}

  private final Network network;
  private final Map<Integer, float[]> written;
  private final Map<Integer, Open> open = new HashMap<>();
  private final Map<Integer, Checked> checked = new HashMap<>();

  Alone(Network network, Map<Integer, float[]> written) {
    this.network = network;
    this.written = written;
  }

  @Override
  public double[] given(Node node, double[] computed) {
    Open work = work(node);
    float[] actual = written.get(node.id());
    if (actual == null) {
      double largest = Math.max(work.largest(), Difference.largest(computed));
      open.put(node.id(), new Open(work.layers(), work.tolerance(), work.step(), largest));
      return computed;
    }
    Difference difference = Difference.between(computed, actual);
    double roundings = work.tolerance() * Math.max(work.largest(), difference.largest());
    double limit = HEADROOM * roundings + work.step();
    checked.put(node.id(), new Checked(kinds(work.layers()), difference, limit));
    double[] given = new double[actual.length];
    for (int index = 0; index < given.length; index++) {
      given[index] = actual[index];
    }
    open.put(node.id(), Open.of(Difference.largest(given)));
    return given;
  }

  private Open work(Node node) {
    List<Node> layers = new ArrayList<>();
    double tolerance = Tolerance.of(network, node).relative();
    double largest = 0;
    double step = 0;
    for (int input : node.inputs()) {
      Open before = open.getOrDefault(input, Open.of(0));
      layers.addAll(before.layers());
      tolerance += before.tolerance();
      step += before.step() + (before.tolerance() > 0 ? Tolerance.step(node) : 0);
      largest = Math.max(largest, before.largest());
    }
    if (!node.inputs().isEmpty()) {
      layers.add(node);
    }
    return new Open(layers, tolerance, step, largest);
  }

  private static String kinds(List<Node> layers) {
    return layers.stream()
        .map(node -> node.op().word())
        .distinct()
        .collect(Collectors.joining(" "));
  }

  /** The result for a layer whose values the class wrote. */
  Checked of(Node node) {
    return checked.getOrDefault(node.id(), new Checked("", Difference.NONE, 0));
  }
}
