package dev.cnnc.compiler.lower;

import java.util.Optional;

/** Why a layer cannot be made of its arguments and the shape it reads. */
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
