package dev.cnnc.compiler.onnx.translate;

import java.io.Serial;

/**
 * Thrown if a model needs more than any network: it is damaged, or intended to cost time and
 * memory. {@link Translation} turns it into a refusal.
 */
final class Excess extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  Excess(String reason) {
    super(reason, null, false, false);
  }
}
