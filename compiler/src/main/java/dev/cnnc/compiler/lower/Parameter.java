package dev.cnnc.compiler.lower;

import java.util.Optional;

/**
 * One argument that a layer takes.
 *
 * @param required whether it must be given
 * @param value what it is when it is not given; empty if it is then something of its own
 * @param otherwise the same for people: {@code 1}, {@code size}
 */
record Parameter(
    String name, Kind kind, boolean required, Optional<Datum> value, String otherwise) {

  static Parameter required(String name, Kind kind) {
    return new Parameter(name, kind, true, Optional.empty(), "");
  }

  static Parameter optional(String name, Kind kind, Datum value) {
    return new Parameter(name, kind, false, Optional.of(value), value.written());
  }

  /** One whose default people write otherwise. */
  static Parameter optional(String name, Kind kind, Datum value, String otherwise) {
    return new Parameter(name, kind, false, Optional.of(value), otherwise);
  }

  /** One without a plain default: {@code otherwise} says what happens. */
  static Parameter optional(String name, Kind kind, String otherwise) {
    return new Parameter(name, kind, false, Optional.empty(), otherwise);
  }

  /** Whether only the compiler writes it, into what it makes of a network. */
  boolean internal() {
    return kind == Kind.VALUE || kind == Kind.ACTIVATION;
  }

  /** {@code filters}, or {@code stride: 1}. */
  String usage() {
    return required ? name : name + ": " + otherwise;
  }
}
