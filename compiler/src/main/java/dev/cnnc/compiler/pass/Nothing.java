package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;

/** Recognises layers whose output equals their first input, element by element. */
final class Nothing {

  private Nothing() {}

  static boolean is(Node node, Graph graph) {
    return switch (node.op()) {
      case Op.Dropout() -> true;
      case Op.Activate(Activation function) -> function.description().identity();
      case Op.Flatten(), Op.GlobalPool _ -> input(node, graph).isVector();
      case Op.Pool pool ->
          pool.window().equals(Window.of(1, 1)) && input(node, graph).equals(node.shape());
      case Op.Slice(int from, int to) -> from == 0 && to == input(node, graph).channels();
      case Op.Shuffle(int groups) -> groups == 1 || groups == node.shape().channels();
      case Op.Crop _ -> input(node, graph).equals(node.shape());
      case Op.Tokens() -> node.inputs().size() == 1 && input(node, graph).height() == 1;
      case Op.Pad(int before, int after, Padding pixels) ->
          before == 0 && after == 0 && pixels.equals(Padding.NONE);
      case Op.Upsample(int height, int width) -> height == 1 && width == 1;
      case Op.Scale scale ->
          scale.isBare() && isFilled(scale.factor(), 1) && isFilled(scale.shift(), 0);
      case Rearrangement.Reshape _ -> input(node, graph).equals(node.shape());
      case Rearrangement.Permute permute -> permute.isIdentity();
      case Rearrangement.PixelShuffle(int factor) -> factor == 1;
      case Rearrangement.PixelUnshuffle(int factor) -> factor == 1;
      case Rearrangement.Take take -> take.step() == 1 && input(node, graph).equals(node.shape());
      case Rearrangement.Border(Padding pixels, var _, double _) -> pixels.equals(Padding.NONE);
      case Rearrangement.Resize _, Computation _ -> false;
      case Op.Source _, Op.Weighted _, Op.ManyInputs _, Op.Elementwise _ -> false;
      case Op.Softmax _, Op.LocalResponseNorm _, Op.LayerNorm _, Op.Attention _ -> false;
    };
  }

  private static boolean isFilled(Recipe recipe, double wanted) {
    return recipe instanceof Recipe.Filled(double value, _) && value == wanted;
  }

  private static Shape input(Node node, Graph graph) {
    return graph.node(node.inputs().getFirst()).shape();
  }
}
