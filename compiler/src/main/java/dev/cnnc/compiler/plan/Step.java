package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.runtime.View;
import java.util.List;

/**
 * One call of one kernel.
 *
 * @param node the layer it belongs to: its name, text and shapes
 * @param reads where the inputs lie
 * @param write where the output lies
 * @param weights where its packed tensors begin, in the order the kernel says
 * @param units what threads share: rows of the output, or blocks of outputs of an fc
 */
public record Step(
    Node node, Kernel kernel, List<View> reads, View write, List<Integer> weights, int units) {

  public Step {
    reads = List.copyOf(reads);
    weights = List.copyOf(weights);
  }
}
