package dev.cnnc.compiler.onnx.translate;

import java.util.Optional;

/**
 * Recognises several nodes that together are one layer. It is tried at the last of the nodes, looks
 * back, and reads their input, so that their own outputs have no readers.
 */
interface Pattern {

  /** The usual name of the layer. */
  String name();

  /** The output of the node, if it is the last of such nodes. */
  Optional<View> match(Call last) throws Refusal;
}
