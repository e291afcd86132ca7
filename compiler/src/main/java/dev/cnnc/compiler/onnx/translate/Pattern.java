package dev.cnnc.compiler.onnx.translate;

import java.util.Optional;

/**
 * Several nodes that together mean one layer. It is asked at the last of them, looks back, and
 * takes their input; what they gave before is then read by nobody.
 */
interface Pattern {

  /** What people call the layer. */
  String name();

  /** What the node gives, if it ends such nodes. */
  Optional<View> match(Call last) throws Refusal;
}
