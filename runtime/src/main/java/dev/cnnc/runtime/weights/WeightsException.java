package dev.cnnc.runtime.weights;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown for an unusable weights file; the message says which, why, and what to do. */
public final class WeightsException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  WeightsException(String message) {
    super(message);
  }

  WeightsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
