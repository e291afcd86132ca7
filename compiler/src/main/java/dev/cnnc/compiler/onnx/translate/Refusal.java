package dev.cnnc.compiler.onnx.translate;

import java.io.Serial;

/** The reason why a node cannot be imported, and the fix. */
final class Refusal extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** The cure where a batch is in the way. */
  static final String ONE_PICTURE = "export the model with a batch of one";

  private final String reason;
  private final String cure;

  Refusal(String reason, String cure) {
    super(reason, null, false, false);
    this.reason = reason;
    this.cure = cure;
  }

  String reason() {
    return reason;
  }

  String cure() {
    return cure;
  }
}
