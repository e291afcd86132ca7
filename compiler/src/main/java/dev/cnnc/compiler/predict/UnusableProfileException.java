package dev.cnnc.compiler.predict;

import java.io.Serial;

/** A profile from which this compiler cannot predict. */
public final class UnusableProfileException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String cure;

  UnusableProfileException(String message, String cure) {
    super(message);
    this.cure = cure;
  }

  /** What to do about it. */
  public String cure() {
    return cure;
  }
}
