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
        "fmod",
        Manual.of(
            "What dividing the first branch by the second leaves, with the sign of the first; sides"
                + " of 1 are repeated.",
            "fmod(identity, gmp)",
            ""));
    manuals.put(
        "matmul",
        Manual.of(
            "The product of two matrices for each channel, [n, rows, inner] and [n, inner,"
                + " columns]. A single channel is multiplied with all channels of the other.",
            "matmul(identity, [permute([0, 2, 1])])",
            ""));
    manuals.put(
        "sample",
        Manual.of(
            "The first branch, read at the places of the second, [2, rows, columns]: the column and"
                + " the row of each place, in pixels from the middle of the first. Between pixels"
                + " it weighs the four around the place; beyond the picture is 0. A place `g` of"
                + " `torch.nn.functional.grid_sample` is column `(g + 1) * width / 2 - 0.5`, or"
                + " `(g + 1) * (width - 1) / 2` with `align_corners`.",
            "sample(identity, [conv(2, 1x1)])",
            ""));
  }
}
