package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Powers;
import java.util.List;

/** Kernels that compute every element from the elements at the same place. */
final class PointwiseKernels {

  private PointwiseKernels() {}

  static String name(Activation activation) {
    return "each" + KernelMethod.capital(FunctionKernels.name(activation));
  }

  static KernelText activation(Activation activation) {
    if (activation instanceof Activation.Power(double exponent) && !Powers.isShort(exponent)) {
      return KernelText.plain(
          Entry.of(name(activation), Parameter.read("x", 0), Parameter.write("y")),
          "The activation {@code %s}, number by number.".formatted(activation.description().text()),
          pixels(PowerKernels.numbers(exponent)));
    }
    KernelMethod function = FunctionKernels.of(activation);
    return pixels(
        Entry.of(name(activation), Parameter.read("x", 0), Parameter.write("y")),
        "The activation {@code %s}.".formatted(activation.description().text()),
        "",
        "@store(%s(@load(arena, x0 + c)), arena, y0 + c);".formatted(function.name()),
        List.of(function));
  }

  static KernelText scale(Activation activation) {
    return pixels(
        Entry.of(
            FunctionKernels.after("scale", activation),
            Parameter.read("x", 0),
            Parameter.weight("factor", 0),
            Parameter.weight("shift", 1),
            Parameter.write("y")),
        "{@code y = x * factor + shift}, by channel%s."
            .formatted(
                activation instanceof Activation.Identity
                    ? ""
                    : ", through {@code " + activation.description().text() + "}"),
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

  static KernelText prelu() {
    return pixels(
        Entry.of(
            "prelu", Parameter.read("x", 0), Parameter.weight("slope", 0), Parameter.write("y")),
        "{@code y = max(x, 0) + slope * min(x, 0)}, by channel.",
        "",
        """
        V v = @load(arena, x0 + c);
        @store(@fma(atMost(v, 0f), @load(weights, slope + c), atLeast(v, 0f)), arena, y0 + c);\
        """,
        List.of(FunctionKernels.AT_LEAST, FunctionKernels.AT_MOST));
  }

  static KernelText add(double factor) {
    return pixels(
        Entry.of(
            "add",
            Parameter.read("x", 0),
            Parameter.read("other", 1),
            Parameter.real("factor", factor),
            Parameter.write("y")),
        "{@code y = (x + other) * factor}.",
        "int r0 = other.offset() + row * other.line() + column * other.pixel();",
        "@store(@mul(@add(@load(arena, x0 + c), @load(arena, r0 + c)), factor), arena, y0 + c);",
        List.of());
  }

  static KernelText multiply() {
    return pixels(
        Entry.of(
            "multiply", Parameter.read("x", 0), Parameter.read("other", 1), Parameter.write("y")),
        "{@code y = x * other}; an other of one pixel is repeated.",
        """
        boolean repeated = other.height() == 1 && other.width() == 1;
        int r0 =
            other.offset() + (repeated ? 0 : row * other.line() + column * other.pixel());\
        """,
        "@store(@mul(@load(arena, x0 + c), @load(arena, r0 + c)), arena, y0 + c);",
        List.of());
  }

  private static KernelText pixels(
      Entry entry, String doc, String places, String action, List<KernelMethod> calls) {
    return KernelText.plain(
        entry,
        doc,
        pixels(
            new Template(
                    """
                    ${places}
                    for (int c = 0; c < y.channels(); c += $L) {
                      ${action}
                    }
                    """)
                .with("places", places)
                .with("action", action)
                .filled()),
        calls.toArray(KernelMethod[]::new));
  }

  /** What is done with each pixel, at {@code x0} and {@code y0}. */
  private static String pixels(String body) {
    return new Template(
            """
            for (int row = from; row < upTo; row++) {
              for (int column = 0; column < y.width(); column++) {
                int x0 = x.offset() + row * x.line() + column * x.pixel();
                int y0 = y.offset() + row * y.line() + column * y.pixel();
                ${body}
              }
            }
            """)
        .with("body", body)
        .filled();
  }
}
