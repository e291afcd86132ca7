package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.plan.kernel.Winograd;
import dev.cnnc.runtime.weights.Tile;
import java.util.OptionalDouble;

/**
 * Whether a conv of one pixel is worth one step of Strassen's recursion in Winograd's form: seven
 * products of half the channels and half the outputs for eight, at seven quarters of the weights.
 *
 * <p>Costs are in multiply-adds, as for {@link Winograd}, but a weight costs more: its seven
 * products are so short for few pixels that most of them wait for their weights.
 */
final class Strassen {
  private Strassen() {}

  /**
   * Multiply-adds in the time that one input is mixed, or the sums of one output are carried on:
   * 56x56 of 64 to 256 channels loses 4 %, 28x28 of 256 to 256 gains 6 %.
   */
  private static final double CARRY = 9;

  /**
   * Multiply-adds in the time that one more weight takes from memory. By the bandwidth of a core of
   * Zen 5 it is 13 to 26, and more because a product waits for its weights in one piece: 14x14 of
   * 1024 to 512 channels gains nothing, 7x7 of 1024 to 2048 loses 6 %.
   */
  private static final double WEIGHT = 30;

  /** Multiply-adds that seven products cost, if the sizes can be halved. */
  static OptionalDouble cost(Op.Conv conv, Shape input, Shape output) {
    if (!applies(conv, input)) {
      return OptionalDouble.empty();
    }
    double products = (double) input.channels() * conv.filters();
    double carried = CARRY * (input.channels() + conv.filters()) * output.pixels();
    double saved = products * (output.pixels() / 8.0 - 0.75 * WEIGHT);
    return OptionalDouble.of(Winograd.plain(conv, input, output) - (saved - carried));
  }

  private static boolean applies(Op.Conv conv, Shape input) {
    return conv.window().isOnePixel()
        && conv.window().padding().equals(Padding.NONE)
        && conv.groups() == 1
        && input.channels() % (2 * Tile.OUTPUTS) == 0
        && conv.filters() % (2 * Tile.OUTPUTS) == 0
        && conv.filters() >= 4 * Tile.OUTPUTS;
  }
}
