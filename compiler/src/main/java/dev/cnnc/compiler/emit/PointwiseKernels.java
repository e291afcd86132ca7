package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.emit.KernelMethod.Role;
import dev.cnnc.compiler.ir.Activation;
import java.util.List;

/** Kernels that compute every element from the elements at the same place. */
final class PointwiseKernels {

  private PointwiseKernels() {}

  static String name(Activation activation) {
    return "each" + Names.capital(FunctionKernels.name(activation));
  }

  static KernelMethod activation(Activation activation) {
    KernelMethod function = FunctionKernels.of(activation);
    return pixels(
        name(activation),
        "The activation {@code %s}.".formatted(activation),
        "View x, View y",
        "",
        "@store(%s(@load(arena, x0 + c)), arena, y0 + c);".formatted(function.name()),
        List.of(function));
  }

  static KernelMethod scale(Activation activation) {
    return pixels(
        FunctionKernels.after("scale", activation),
        "{@code y = x * factor + shift}, by channel%s."
            .formatted(
                activation instanceof Activation.Identity
                    ? ""
                    : ", through {@code " + activation + "}"),
        "View x, int factor, int shift, View y",
        "",
        "@store(%s, arena, y0 + c);".formatted(scaled(activation, "x0")),
        functions(activation));
  }

  /** A vector at {@code place}, scaled, shifted and activated. */
  static String scaled(Activation activation, String place) {
    String sum =
        "@fma(@load(arena, %s + c), @load(weights, factor + c), @load(weights, shift + c))"
            .formatted(place);
    return activation instanceof Activation.Identity
        ? sum
        : FunctionKernels.name(activation) + "(" + sum + ")";
  }

  static List<KernelMethod> functions(Activation activation) {
    return activation instanceof Activation.Identity
        ? List.of()
        : List.of(FunctionKernels.of(activation));
  }

  static KernelMethod prelu() {
    return pixels(
        "prelu",
        "{@code y = max(x, 0) + slope * min(x, 0)}, by channel.",
        "View x, int slope, View y",
        "",
        """
        V v = @load(arena, x0 + c);
        @store(@fma(atMost(v, 0f), @load(weights, slope + c), atLeast(v, 0f)), arena, y0 + c);\
        """,
        List.of(FunctionKernels.AT_LEAST, FunctionKernels.AT_MOST));
  }

  static KernelMethod add() {
    return pixels(
        "add",
        "{@code y = (x + other) * factor}.",
        "View x, View other, float factor, View y",
        "int r0 = other.offset() + row * other.line() + column * other.pixel();",
        "@store(@mul(@add(@load(arena, x0 + c), @load(arena, r0 + c)), factor), arena, y0 + c);",
        List.of());
  }

  static KernelMethod multiply() {
    return pixels(
        "multiply",
        "{@code y = x * other}; an other of one pixel is repeated.",
        "View x, View other, View y",
        """
        boolean repeated = other.height() == 1 && other.width() == 1;
        int r0 =
            other.offset() + (repeated ? 0 : row * other.line() + column * other.pixel());\
        """,
        "@store(@mul(@load(arena, x0 + c), @load(arena, r0 + c)), arena, y0 + c);",
        List.of());
  }

  private static KernelMethod pixels(
      String name,
      String doc,
      String parameters,
      String places,
      String action,
      List<KernelMethod> calls) {
    return new KernelMethod(
        Role.ENTRY,
        doc,
        "void",
        name,
        parameters + ", int from, int upTo",
        """
        for (int row = from; row < upTo; row++) {
          for (int column = 0; column < y.width(); column++) {
            int x0 = x.offset() + row * x.line() + column * x.pixel();
            int y0 = y.offset() + row * y.line() + column * y.pixel();
        %s    for (int c = 0; c < y.channels(); c += $L) {
        %s    }
          }
        }
        """
            .formatted(places.isEmpty() ? "" : places.indent(4), action.indent(6)),
        calls);
  }
}
