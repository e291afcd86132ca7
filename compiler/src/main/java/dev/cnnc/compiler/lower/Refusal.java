package dev.cnnc.compiler.lower;

import java.util.Optional;

/** The reason why a layer cannot be built from its arguments and its input shape. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final String message;
  private final transient Optional<String> help;

  Refusal(String message, String help) {
    super(message);
    this.message = message;
    this.help = Optional.of(help);
  }

  String message() {
    return message;
  }

  Optional<String> help() {
    return help;
  }
}
