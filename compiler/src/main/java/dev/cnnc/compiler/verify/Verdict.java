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

  /** The largest one that is no more than the roundings of a deep network. */
  private static final double ROUNDED = 1e-3;

  public Verdict {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
  }

  /**
   * How far a number is off.
   *
   * @param limit of the numbers of its channel
   */
  public record Excess(double absolute, double limit) {

    /** Nothing is off, and nothing may be. */
    public static final Excess NONE = new Excess(0, 0);

    /** What it takes of its limit; more than 1 is wrong. */
    public double share() {
      return absolute == 0 ? 0 : absolute / limit;
    }
  }

  /**
   * One layer of the class.
   *
   * @param name of the first of its layers in the file
   * @param kinds of all its layers in the file, such as {@code conv bn relu}
   * @param alone difference from the reference on the input that the class computed for the layer
   * @param worst the number that takes the largest part of its channel's limit
   * @param whole difference from the reference that runs from the input on
   * @param peer difference of another engine from the reference that runs from the input on
   */
  public record Layer(
      String name,
      String kinds,
      Shape shape,
      Difference alone,
      Excess worst,
      Difference whole,
      Optional<Peer> peer) {

    /** Whether the layer is correct. */
    public boolean agrees() {
      return worst.absolute() <= worst.limit();
    }
  }

  /**
   * The result of another engine.
   *
   * @param limit largest allowed difference: the limits of the layers from the input on, added up
   * @param steps what a quantisation before it explains
   */
  public record Peer(Difference whole, double limit, Steps steps) {

    /** Whether the engine computes the same network. */
    public boolean agrees() {
      return whole.absolute() <= limit || steps.suffice();
    }
  }

  /**
   * An output.
   *
   * @param intact whether the caller gets the bits that the layer wrote
   * @param whole difference from the reference that runs from the input on
   * @param steps what a quantisation before it explains
   * @param numbers what the reference gives
   */
  public record Output(
      String name,
      Shape shape,
      boolean intact,
      Difference whole,
      Steps steps,
      Numbers numbers,
      Optional<Peer> peer) {

    /** The larger difference from the reference, which no step explains, of the largest number. */
    public double scatter() {
      double ours = steps.suffice() ? 0 : whole.relative();
      return Math.max(
          ours,
          peer.filter(it -> it.agrees() && !it.steps().suffice())
              .map(it -> it.whole().relative())
              .orElse(0.0));
    }
  }

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
        : outputs.stream().filter(output -> !(output.scatter() <= SCATTERED)).toList();
  }

  /** The outputs that agree, but whose network amplifies roundings: less than that is not seen. */
  public List<Output> amplified() {
    return firstWrong().isPresent()
        ? List.of()
        : outputs.stream()
            .filter(output -> output.scatter() > ROUNDED && output.scatter() <= SCATTERED)
            .toList();
  }

  /** The outputs without a finite number: nothing was compared. */
  public List<Output> empty() {
    return outputs.stream().filter(output -> output.numbers().finite() == 0).toList();
  }

  /** Whether the class is right, and only another engine differs. */
  public boolean onlyPeerDiffers() {
    return firstWrong().isEmpty()
        && spoilt().isEmpty()
        && scattered().isEmpty()
        && empty().isEmpty()
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
        && empty().isEmpty()
        && othersOfPeer().isEmpty();
  }
}
