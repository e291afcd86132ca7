package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.runtime.View;
import java.util.List;

/**
 * One call of one kernel.
 *
 * @param node the layer it belongs to: its name, text and shapes
 * @param purpose what it does for that layer
 * @param reads where the inputs lie
 * @param write where the output lies
 * @param weights where its packed tensors begin, in the order the kernel says
 * @param units parts that threads share it in
 * @param portion units that a thread takes at least, from one to all
 */
public record Step(
    Node node,
    Purpose purpose,
    Kernel kernel,
    List<View> reads,
    View write,
    List<Integer> weights,
    int units,
    int portion) {

  public Step {
    reads = List.copyOf(reads);
    weights = List.copyOf(weights);
  }

  /** What a step does for its layer. */
  public enum Purpose {
    /** Computes the layer, or a part of its sum. */
    LAYER,
    /** Computes the layer, and the one in front of it while it reads. */
    LAYER_AND_PROLOGUE,
    /** Copies one input of a concat to its place. */
    CONCAT_PART,
    /** Copies one input to a row of tokens. */
    TOKENS_PART,
    /** Zeroes the value before a part of it is written. */
    ZEROS,
    /** Zeroes the halo around the value, where other values lay. */
    HALO,
    /** Copies the input of a conv, {@code stride} pixels to the channels of one. */
    SPACE_TO_DEPTH
  }
}
