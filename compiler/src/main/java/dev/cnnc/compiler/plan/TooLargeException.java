package dev.cnnc.compiler.plan;

import java.io.Serial;

/** A network that needs more memory than an array of Java can have; the message is for its user. */
public final class TooLargeException extends ArithmeticException {
  @Serial private static final long serialVersionUID = 1L;

  TooLargeException(String network) {
    super(
        "the activations or the weights of %s need more than 2,147,483,647 floats, which is all that"
                .formatted(network)
            + " an array can hold");
  }
}
