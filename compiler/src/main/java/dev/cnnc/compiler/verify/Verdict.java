package dev.cnnc.compiler.verify;

import dev.cnnc.compiler.ir.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What came of comparing.
 *
 * @param layers in the order in which the class computes them
 * @param outputs in the order of the file
 */
public record Verdict(List<Layer> layers, List<Output> outputs) {

  public Verdict {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
  }

  /**
   * One layer of the class.
   *
   * @param name of the first layer of the file that it is made of
   * @param kinds of all of them, such as {@code conv bn relu}
   * @param alone against the reference on what the class itself gave to the layer
   * @param limit how far it may be off alone
   * @param whole against the reference from the input on
   * @param peer another engine against the reference from the input on
   */
  public record Layer(
      String name,
      String kinds,
      Shape shape,
      Difference alone,
      double limit,
      Difference whole,
      Optional<Peer> peer) {

    /** Whether the layer computes what it shall. */
    public boolean agrees() {
      return alone.absolute() <= limit;
    }
  }

  /**
   * What another engine gave.
   *
   * @param limit how far it may be off: the layers' own limits add up from the input on
   */
  public record Peer(Difference whole, double limit) {

    /** Whether it computes the same network. */
    public boolean agrees() {
      return whole.absolute() <= limit;
    }
  }

  /**
   * An output.
   *
   * @param intact whether the caller gets the bits that the layer wrote
   * @param whole against the reference from the input on
   */
  public record Output(
      String name, Shape shape, boolean intact, Difference whole, Optional<Peer> peer) {}

  /** The first layer of the class that is wrong by itself. */
  public Optional<Layer> firstWrong() {
    return layers.stream().filter(layer -> !layer.agrees()).findFirst();
  }

  /** The first layer at which another engine has something else. */
  public Optional<Layer> firstOfPeer() {
    return layers.stream()
        .filter(layer -> layer.peer().filter(peer -> !peer.agrees()).isPresent())
        .findFirst();
  }

  /** The outputs that the caller gets otherwise than their layers wrote them. */
  public List<Output> spoilt() {
    return outputs.stream().filter(output -> !output.intact()).toList();
  }

  /** The outputs of which another engine has others. */
  public List<Output> othersOfPeer() {
    return outputs.stream()
        .filter(output -> output.peer().filter(peer -> !peer.agrees()).isPresent())
        .toList();
  }

  /** Whether all is well. */
  public boolean agrees() {
    return firstWrong().isEmpty()
        && firstOfPeer().isEmpty()
        && spoilt().isEmpty()
        && othersOfPeer().isEmpty();
  }
}
