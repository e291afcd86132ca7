package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.weights.Storage;

/**
 * A conv as the offers see it.
 *
 * @param readsPlanar whether its input lies channel by channel
 * @param writesPlanar whether its output does
 * @param exact whether only plain sums are allowed
 * @param storage of weights in memory
 */
record ConvLayer(
    Op.Conv conv,
    Shape input,
    Shape output,
    boolean readsPlanar,
    boolean writesPlanar,
    boolean exact,
    Storage storage) {

  int taps() {
    return conv.window().taps();
  }

  /** Channels of a group. */
  int group() {
    return input.channels() / conv.groups();
  }
}
