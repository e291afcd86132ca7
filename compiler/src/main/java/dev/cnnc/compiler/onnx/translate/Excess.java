package dev.cnnc.compiler.onnx.translate;

import java.io.Serial;

/**
 * A model wants more than any network has: it is damaged, or meant to cost time and memory. Thrown
 * from wherever sizes are counted; {@link Translation} makes a refusal of it.
 */
final class Excess extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  Excess(String reason) {
    super(reason, null, false, false);
  }
}
