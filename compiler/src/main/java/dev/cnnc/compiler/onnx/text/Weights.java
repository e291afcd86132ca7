package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Tensors;

/** Tells which layers need their name, because their tensors have it. */
final class Weights {

  private Weights() {}

  static boolean of(Node node) {
    return !Tensors.byName(node.name(), node.op()).isEmpty();
  }
}
