package dev.cnnc.compiler.verify;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.runtime.weights.Evaluator;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** So many numbers of a layer, and this part of them, may be rounded to another step. */
  private static final int FEW = 4;

  private static final double MANY = 0.01;

  /**
   * The layers since the last values that the class wrote.
   *
   * @param tolerance of all together
   * @param step how far another step lies that a rounding between them may choose
   * @param largest their largest value
   * @param channels what is known of each channel of the last
   * @param norm how far norms among them may enlarge a rounding
   */
  private record Open(
      List<Node> layers,
      double tolerance,
      double step,
      double largest,
      Channels channels,
      double norm) {

    /** Whoever reads a norm that is not written knows only its largest error. */
    private Open behind(double[] norms) {
      double most = Math.max(norm, Arrays.stream(norms).max().orElse(0));
      return new Open(layers, tolerance, step, largest, channels, most);
    }

    private static Open of(Channels channels) {
      return new Open(List.of(), 0, 0, channels.most(), channels, 0);
    }
  }

  /**
   * One layer, checked.
   *
   * @param worst of all channels, as a part of its limit
   */
  record Checked(String kinds, Difference difference, Verdict.Excess worst) {}

  private final Network network;
  private final ChannelErrors errors;
  private final NormErrors norms;
  private final Map<Integer, float[]> written;
  private final Map<Integer, Open> open = new HashMap<>();
  private final Map<Integer, Checked> checked = new HashMap<>();

  Alone(Network network, TensorSource source, Map<Integer, float[]> written) {
    this.network = network;
    Evaluator evaluator = new Evaluator(source);
    this.errors = new ChannelErrors(network, evaluator);
    this.norms = new NormErrors(network.graph(), evaluator);
    this.written = written;
  }

  @Override
  public double[] given(Node node, double[] computed) {
    double[] norm = norms.of(node);
    Open work = work(node, Channels.of(node.shape(), computed));
    float[] actual = written.get(node.id());
    if (actual == null) {
      open.put(node.id(), work.behind(norm));
      norms.see(node, computed);
      return computed;
    }
    checked.put(
        node.id(),
        new Checked(
            kinds(work.layers()),
            Difference.between(computed, actual),
            worst(work, norm, computed, actual)));
    double[] given = new double[actual.length];
    for (int index = 0; index < given.length; index++) {
      given[index] = actual[index];
    }
    open.put(node.id(), Open.of(Channels.of(node.shape(), given)));
    norms.see(node, given);
    return given;
  }

  /** Of the channels, the one that takes the largest part of its limit. */
  private static Verdict.Excess worst(Open work, double[] norm, double[] computed, float[] actual) {
    double all = work.tolerance() * ChannelErrors.floor(work.largest());
    int channels = work.channels().count();
    int pixels = actual.length / channels;
    Verdict.Excess worst = Verdict.Excess.NONE;
    long others = 0;
    for (int channel = 0; channel < channels; channel++) {
      double plain = Math.min(all, work.channels().error()[channel]);
      for (int at = channel * pixels; at < (channel + 1) * pixels; at++) {
        double roundings = HEADROOM * (plain + Math.max(norm[at], work.norm()));
        double limit = roundings + work.step();
        double off = Difference.distance(computed[at], actual[at]);
        others += off > roundings ? 1 : 0;
        Verdict.Excess next = new Verdict.Excess(off, limit);
        worst = next.share() > worst.share() || worst.equals(Verdict.Excess.NONE) ? next : worst;
      }
    }
    // That few numbers are rounded to another step is chance, that many are is a fault.
    boolean many = work.step() > 0 && others > FEW + MANY * actual.length;
    return many && worst.share() <= 1 ? new Verdict.Excess(worst.absolute(), 0) : worst;
  }

  private Open work(Node node, Channels computed) {
    List<Node> layers = new ArrayList<>();
    double own = Tolerance.of(network, node).relative();
    double tolerance = own;
    double largest = computed.most();
    double step = 0;
    double loose = 0;
    List<Channels> inputs = new ArrayList<>();
    for (int input : node.inputs()) {
      Open before = Objects.requireNonNull(open.get(input));
      layers.addAll(before.layers());
      tolerance += before.tolerance();
      step += before.step() + (before.tolerance() > 0 ? Tolerance.step(node) : 0);
      largest = Math.max(largest, before.largest());
      loose = Math.max(loose, before.norm());
      inputs.add(before.channels());
    }
    if (!node.inputs().isEmpty()) {
      layers.add(node);
    }
    Channels channels =
        node.inputs().isEmpty() ? computed : computed.with(errors.of(node, own, inputs, computed));
    return new Open(layers, tolerance, step, largest, channels, loose);
  }

  private static String kinds(List<Node> layers) {
    return layers.stream()
        .map(node -> node.op().word())
        .distinct()
        .collect(Collectors.joining(" "));
  }

  /** The result for a layer whose values the class wrote. */
  Checked of(Node node) {
    return checked.getOrDefault(node.id(), new Checked("", Difference.NONE, Verdict.Excess.NONE));
  }
}
