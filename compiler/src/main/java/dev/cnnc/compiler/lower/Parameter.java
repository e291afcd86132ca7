package dev.cnnc.compiler.lower;

import java.util.Optional;

/**
 * One argument that a layer takes.
 *
 * @param required whether the argument is required
 * @param value the default; empty if the default is not a plain value
 * @param otherwise the default in manuals: {@code 1}, {@code size}
 */
record Parameter(
    String name, Kind kind, boolean required, Optional<Datum> value, String otherwise) {

  static Parameter required(String name, Kind kind) {
    return new Parameter(name, kind, true, Optional.empty(), "");
  }

  static Parameter optional(String name, Kind kind, Datum value) {
    return new Parameter(name, kind, false, Optional.of(value), value.written());
  }

  /** An argument with a default. */
  static Parameter optional(String name, Kind kind, Datum value, String otherwise) {
    return new Parameter(name, kind, false, Optional.of(value), otherwise);
  }

  /** An argument whose default is not a plain value; {@code otherwise} describes it. */
  static Parameter optional(String name, Kind kind, String otherwise) {
    return new Parameter(name, kind, false, Optional.empty(), otherwise);
  }

  /** Whether only printed graphs use the argument. */
  boolean internal() {
    return kind == Kind.VALUE || kind == Kind.ACTIVATION;
  }

  /** {@code filters}, or {@code stride: 1}. */
  String usage() {
    return required ? name : name + ": " + otherwise;
  }
}
