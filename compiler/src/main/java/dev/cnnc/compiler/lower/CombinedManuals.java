package dev.cnnc.compiler.lower;

import java.util.Map;

/** Manuals of the combinators other than arithmetic. */
final class CombinedManuals {

  private static final String LEFT = " of the branches, from the left; sides of 1 are repeated.";

  private CombinedManuals() {}

  static void addTo(Map<String, Manual> manuals) {
    manuals.put("sub", Manual.of("The difference" + LEFT, "sub(identity, gap)", ""));
    manuals.put("div", Manual.of("The quotient" + LEFT, "div(identity, [gmp -> softplus])", ""));
    manuals.put("min", Manual.of("The least element" + LEFT, "min(identity, relu)", ""));
    manuals.put("max", Manual.of("The largest element" + LEFT, "max(identity, [neg])", ""));
    manuals.put(
        "pow",
        Manual.of("The first branch to the power of the second" + LEFT, "pow(softplus, relu)", ""));
    manuals.put(
        "matmul",
        Manual.of(
            "The product of two matrices for each channel, [n, rows, inner] and [n, inner,"
                + " columns]. A single channel is multiplied with all channels of the other.",
            "matmul(identity, [permute([0, 2, 1])])",
            ""));
  }
}
