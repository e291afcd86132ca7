package dev.cnnc.compiler.verify;

import dev.cnnc.compiler.ir.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The result of a comparison.
 *
 * @param layers in the order in which the class computes them
 * @param outputs in the order of the file
 */
public record Verdict(List<Layer> layers, List<Output> outputs) {

  /** The largest difference from the input on that still says something, of the largest number. */
  private static final double SCATTERED = 0.05;

  public Verdict {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
  }

  /**
   * One layer of the class.
   *
   * @param name of the first of its layers in the file
   * @param kinds of all its layers in the file, such as {@code conv bn relu}
   * @param alone difference from the reference on the input that the class computed for the layer
   * @param limit largest allowed difference alone
   * @param whole difference from the reference that runs from the input on
   * @param peer difference of another engine from the reference that runs from the input on
   */
  public record Layer(
      String name,
      String kinds,
      Shape shape,
      Difference alone,
      double limit,
      Difference whole,
      Optional<Peer> peer) {

    /** Whether the layer is correct. */
    public boolean agrees() {
      return alone.absolute() <= limit;
    }
  }

  /**
   * The result of another engine.
   *
   * @param limit largest allowed difference: the limits of the layers from the input on, added up
   */
  public record Peer(Difference whole, double limit) {

    /** Whether the engine computes the same network. */
    public boolean agrees() {
      return whole.absolute() <= limit;
    }
  }

  /**
   * An output.
   *
   * @param intact whether the caller gets the bits that the layer wrote
   * @param whole difference from the reference that runs from the input on
   */
  public record Output(
      String name, Shape shape, boolean intact, Difference whole, Optional<Peer> peer) {}

  /** The first layer of the class that is wrong alone. */
  public Optional<Layer> firstWrong() {
    return layers.stream().filter(layer -> !layer.agrees()).findFirst();
  }

  /** The first layer at which another engine differs. */
  public Optional<Layer> firstOfPeer() {
    return layers.stream()
        .filter(layer -> layer.peer().filter(peer -> !peer.agrees()).isPresent())
        .findFirst();
  }

  /** The outputs whose bits differ from those that their layers wrote. */
  public List<Output> spoilt() {
    return outputs.stream().filter(output -> !output.intact()).toList();
  }

  /**
   * The outputs that are far from the reference although every layer is right alone: the network
   * amplifies roundings, so nothing can be said about such numbers.
   */
  public List<Output> scattered() {
    return firstWrong().isPresent()
        ? List.of()
        : outputs.stream().filter(output -> !(output.whole().relative() <= SCATTERED)).toList();
  }

  /** Whether the class is right, and only another engine differs. */
  public boolean onlyPeerDiffers() {
    return firstWrong().isEmpty()
        && spoilt().isEmpty()
        && scattered().isEmpty()
        && !(firstOfPeer().isEmpty() && othersOfPeer().isEmpty());
  }

  /** The outputs at which another engine differs. */
  public List<Output> othersOfPeer() {
    return outputs.stream()
        .filter(output -> output.peer().filter(peer -> !peer.agrees()).isPresent())
        .toList();
  }

  /** Whether everything agrees. */
  public boolean agrees() {
    return firstWrong().isEmpty()
        && firstOfPeer().isEmpty()
        && spoilt().isEmpty()
        && scattered().isEmpty()
        && othersOfPeer().isEmpty();
  }
}
