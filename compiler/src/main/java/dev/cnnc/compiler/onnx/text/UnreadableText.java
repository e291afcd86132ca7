package dev.cnnc.compiler.onnx.text;

import java.io.Serial;

/** Thrown in place of a text that would not be read as the network that it was written for. */
public final class UnreadableText extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  UnreadableText(String reason) {
    super(reason, null, false, false);
  }
}
