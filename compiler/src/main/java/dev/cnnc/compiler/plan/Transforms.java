package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.plan.kernel.WinogradConv;

/** Which convs a plan may compute from transformed pixels, whose sums err by more. */
public final class Transforms {

  private Transforms() {}

  /**
   * Whether a plan of {@code network} may transform what {@code node} reads. Passes change no
   * window, so it holds before them as well; a planar value is not transformed in the end.
   */
  public static boolean mayCompute(Network network, Node node) {
    if (!(node.op() instanceof Op.Conv conv)) {
      return false;
    }
    Shape input = network.graph().inputShapes(node).getFirst();
    ConvLayer layer =
        new ConvLayer(conv, input, node.shape(), false, false, network.exact(), network.storage());
    return Choice.of(Offers.of(layer)).kernel() instanceof WinogradConv;
  }
}
