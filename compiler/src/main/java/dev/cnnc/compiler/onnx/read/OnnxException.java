package dev.cnnc.compiler.onnx.read;

import java.io.Serial;

/** Thrown for an unreadable ONNX model; the message says what is wrong, and where. */
public final class OnnxException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  OnnxException(String message) {
    super(message, null, false, false);
  }
}
