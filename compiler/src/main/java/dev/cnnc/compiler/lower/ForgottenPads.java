package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds branches whose output is a few pixels smaller than their input, because a pad was
 * forgotten.
 */
final class ForgottenPads {

  private static final Set<String> WINDOWS = Set.of("conv", "dwconv", "maxpool", "avgpool");

  /** Layers that change the size by themselves. */
  private static final Set<String> OTHER_REASONS =
      Set.of(
          "tensor",
          "tokens",
          "crop",
          "upsample",
          "resize",
          "adaptive_avgpool",
          "zeropad",
          "border",
          "slice",
          "reshape",
          "permute",
          "conv_transpose",
          "pixel_shuffle",
          "pixel_unshuffle");

  /** Most pixels that a forgotten pad explains. */
  private static final int MOST = 12;

  private ForgottenPads() {}

  /**
   * The fix for branches of these shapes.
   *
   * @param entering the input of all branches
   * @param odd the branch that does not match the first
   */
  static Optional<String> cure(
      Flow entering, List<Ast.Expression> branches, List<Shape> shapes, int odd) {
    if (!(entering instanceof Flow.Known(_, Shape in)) || branches.size() != shapes.size()) {
      return Optional.empty();
    }
    Shape first = shapes.getFirst();
    Shape other = shapes.get(odd);
    if (sameSize(first, in)) {
      return cure(in, other, branches.get(odd), "this branch");
    }
    return sameSize(other, in)
        ? cure(in, first, branches.getFirst(), "the first branch")
        : Optional.empty();
  }

  private static boolean sameSize(Shape a, Shape b) {
    return a.height() == b.height() && a.width() == b.width();
  }

  private static Optional<String> lost(Shape in, Shape out) {
    int rows = in.height() - out.height();
    int columns = in.width() - out.width();
    if (Math.min(rows, columns) < 0 || Math.max(rows, columns) > MOST) {
      return Optional.empty();
    }
    return Optional.of(
        rows != columns
            ? rows + "x" + columns + " pixels"
            : rows == 1 ? "1 pixel" : rows + " pixels");
  }

  private static Optional<String> cure(Shape in, Shape out, Ast.Expression branch, String subject) {
    List<Ast.Call> steps = new ArrayList<>();
    collect(branch, steps);
    if (out.isVector()
        || steps.stream().anyMatch(step -> OTHER_REASONS.contains(step.name().text()))) {
      return Optional.empty();
    }
    List<Ast.Call> windows =
        steps.stream().filter(step -> WINDOWS.contains(step.name().text())).toList();
    int lost = in.height() - out.height();
    boolean even = lost % 2 == 0 && lost == in.width() - out.width();
    String cure =
        windows.size() != 1
            ? "look for a conv or pool without pad"
            : "give its %s pad: %s"
                .formatted(
                    windows.getFirst().name().text(),
                    even && !isPadded(windows.getFirst()) ? lost / 2 : "same");
    return lost(in, out).map(pixels -> "%s loses %s: %s".formatted(subject, pixels, cure));
  }

  private static boolean isPadded(Ast.Call window) {
    return window.arguments().orElse(List.of()).stream()
        .anyMatch(
            argument ->
                argument instanceof Ast.Labelled(Ast.Label label, _, _)
                    && label.span().text().equals("pad"));
  }

  /** Collects the steps of the branch itself. */
  private static void collect(Ast.Expression branch, List<Ast.Call> steps) {
    switch (branch) {
      case Ast.Call call -> steps.add(call);
      case Ast.Chain(var parts, _) -> parts.forEach(step -> collect(step, steps));
      case Ast.Labelled(_, var step, _) -> collect(step, steps);
      case Ast.Bracket(var elements, _) -> elements.forEach(step -> collect(step, steps));
      case Ast.Choice(_, var then, var otherwise, _) -> {
        collect(then, steps);
        otherwise.ifPresent(step -> collect(step, steps));
      }
      case Ast.Binary(_, var left, _, _) -> {
        collect(left, steps);
        // Collected twice, because a repeated conv loses pixels each time.
        collect(left, steps);
      }
      case Ast.Unary _, Ast.Size _, Ast.Int _, Ast.Real _, Ast.Text _ -> {}
    }
  }
}
