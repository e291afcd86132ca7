package dev.cnnc.cli;

import java.io.Serial;

/** A file that is no array we can take; the message says what it is instead, and the cure. */
final class NpyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  NpyException(String message) {
    super(message, null, false, false);
  }
}
