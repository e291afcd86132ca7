package dev.cnnc.compiler.plan;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.plan.kernel.StrassenConv;
import dev.cnnc.compiler.plan.kernel.WinogradConv;
import org.jspecify.annotations.Nullable;

/** Which convs a plan may compute from transformed pixels or weights, whose sums err by more. */
public final class Transforms {

  private Transforms() {}

  /**
   * Whether a plan of {@code network} may transform what {@code node} reads. Passes change no
   * window, so it holds before them as well; a planar value is not transformed in the end.
   */
  public static boolean mayCompute(Network network, Node node) {
    return kernel(network, node) instanceof WinogradConv;
  }

  /**
   * Whether a plan of {@code network} may compute the outputs of both halves of a conv from sums
   * and differences of all four quarters of its weights.
   */
  public static boolean mayMix(Network network, Node node) {
    return kernel(network, node) instanceof StrassenConv;
  }

  private static @Nullable Kernel kernel(Network network, Node node) {
    if (!(node.op() instanceof Op.Conv conv)) {
      return null;
    }
    Shape input = network.graph().inputShapes(node).getFirst();
    ConvLayer layer =
        new ConvLayer(conv, input, node.shape(), false, false, network.exact(), network.storage());
    return Choice.of(Offers.of(layer)).kernel();
  }
}
