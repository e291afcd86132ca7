package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Tensors;

/** Which layers need their name: it is that of their tensors. */
final class Weights {

  private Weights() {}

  static boolean of(Node node) {
    return !Tensors.byName(node.name(), node.op()).isEmpty();
  }
}
