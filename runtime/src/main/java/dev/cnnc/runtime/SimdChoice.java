package dev.cnnc.runtime;

import java.util.Optional;

/**
 * The choice of kernels, and a note for the user.
 *
 * @param lanes 16, 8, 4 or 1
 * @param note set if kernels will be slower than they could be
 */
record SimdChoice(int lanes, Optional<String> note) {
  private static final String ADD_MODULE =
      "add --add-modules jdk.incubator.vector to the java command";

  /**
   * Decides.
   *
   * @param forced the property's value
   * @param widest floats in the machine's vectors, 0 if the vector module is missing
   * @param fusedMultiplyAdd whether the machine has the instruction
   * @param compiled whether C2 compiles; otherwise a vector is an object for ever
   * @throws IllegalArgumentException if the forced value is unknown or impossible here
   */
  static SimdChoice of(
      Optional<String> forced, int widest, boolean fusedMultiplyAdd, boolean compiled) {
    return forced
        .map(value -> forced(value.strip(), widest, fusedMultiplyAdd, compiled))
        .orElseGet(() -> best(widest, fusedMultiplyAdd, compiled));
  }

  private static SimdChoice best(int widest, boolean fusedMultiplyAdd, boolean compiled) {
    if (widest == 0) {
      return new SimdChoice(
          1, Optional.of("no vector module, so scalar code, several times slower: " + ADD_MODULE));
    }
    if (widest < 4) {
      return new SimdChoice(1, Optional.empty());
    }
    // Without the instruction a vector multiply-add takes microseconds.
    if (!fusedMultiplyAdd) {
      return new SimdChoice(
          1,
          Optional.of(
              "no fused multiply-add, so scalar code that computes it, many times slower: run"
                  + " without -XX:-UseFMA if that is why"));
    }
    if (!compiled) {
      return new SimdChoice(
          1,
          Optional.of(
              "no C2 compiler, without which vectors are many times slower, so scalar code: run"
                  + " without -Xint and -XX:TieredStopAtLevel"));
    }
    return new SimdChoice(widest >= 16 ? 16 : widest >= 8 ? 8 : 4, Optional.empty());
  }

  private static SimdChoice forced(
      String value, int widest, boolean fusedMultiplyAdd, boolean compiled) {
    int lanes =
        switch (value) {
          case "512" -> 16;
          case "256" -> 8;
          case "128" -> 4;
          case "scalar" -> 1;
          default ->
              throw new IllegalArgumentException(
                  "-D%s=%s is none of 512, 256, 128, scalar".formatted(Simd.PROPERTY, value));
        };
    if (lanes == 1) {
      return new SimdChoice(1, Optional.empty());
    }
    if (widest == 0) {
      throw new IllegalArgumentException(
          "-D%s=%s needs vectors, but their module is missing: %s"
              .formatted(Simd.PROPERTY, value, ADD_MODULE));
    }
    if (lanes > widest) {
      return slow(lanes, value, "the machine's vectors have %s bits".formatted(32 * widest));
    }
    if (!fusedMultiplyAdd) {
      return slow(lanes, value, "the machine has no fused multiply-add");
    }
    if (!compiled) {
      return slow(lanes, value, "the JVM has no C2 compiler");
    }
    return new SimdChoice(lanes, Optional.empty());
  }

  private static SimdChoice slow(int lanes, String value, String because) {
    return new SimdChoice(
        lanes,
        Optional.of("-D%s=%s will be very slow: %s".formatted(Simd.PROPERTY, value, because)));
  }
}
