package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.plan.kernel.Kernel;
import java.util.List;
import java.util.Optional;

/**
 * The kernel that computes a node, and what it needs.
 *
 * @param wants the tensors that it wants packed, in its order
 * @param squares the space-to-depth copy that it reads instead of its input, if any
 * @param offers what it was chosen from
 */
record Choice(
    Kernel kernel, List<Want> wants, Optional<SpaceToDepthConv> squares, List<Offer> offers) {

  Choice {
    wants = List.copyOf(wants);
    offers = List.copyOf(offers);
  }

  /** The only kernel of an op. */
  static Choice only(Kernel kernel, Want... wants) {
    return new Choice(kernel, List.of(wants), Optional.empty(), List.of());
  }

  /**
   * The first offer that needs no estimate or that costs less than the last, which always fits.
   *
   * @param offers not empty
   */
  static Choice of(List<Offer> offers) {
    Offer last = offers.getLast();
    Offer taken =
        offers.stream().filter(offer -> offer.isCheaperThan(last)).findFirst().orElse(last);
    return new Choice(taken.kernel(), taken.wants(), taken.squares(), offers);
  }

  /** The same choice, made from more offers. */
  Choice offered(List<Offer> all) {
    return new Choice(kernel, wants, squares, all);
  }

  /** The same offers, of which this kernel was none: it serves a node and the one before it. */
  Choice with(Kernel other, List<Want> otherWants) {
    return new Choice(other, otherWants, Optional.empty(), offers);
  }
}
