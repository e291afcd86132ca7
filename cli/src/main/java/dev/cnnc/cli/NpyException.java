package dev.cnnc.cli;

import java.io.Serial;

/**
 * Thrown for a file that is not a usable array; the message says what it is instead, and the fix.
 */
final class NpyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  NpyException(String message) {
    super(message, null, false, false);
  }
}
