package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A layer of the language, with everything that is needed to check it, to build its operation and
 * to document it.
 *
 * @param source whether it begins a chain and has no input
 * @param parts its operations, one after the other; nearly all layers have one
 */
record Layer(
    String name, Manual manual, List<Parameter> parameters, boolean source, List<Part> parts) {

  Layer {
    parameters = List.copyOf(parameters);
    parts = List.copyOf(parts);
  }

  /**
   * One operation.
   *
   * @param suffix suffix of the node's name after the layer's name; empty for the node with the
   *     layer's name
   */
  record Part(String suffix, Builder builder) {}

  /** A layer with an input. */
  static Layer of(String name, Manual manual, List<Parameter> parameters, Builder builder) {
    return new Layer(name, manual, parameters, false, List.of(new Part("", builder)));
  }

  /** A layer that begins a chain. */
  static Layer source(String name, Manual manual, List<Parameter> parameters, Builder builder) {
    return new Layer(name, manual, parameters, true, List.of(new Part("", builder)));
  }

  /** Makes the operation. */
  @FunctionalInterface
  interface Builder {
    /**
     * The operation on a value of shape {@code in}.
     *
     * @param arguments complete, each of its kind
     */
    Op build(Arguments arguments, Shape in) throws Refusal;
  }

  /** What a parameter is when it is not given; empty if it has no default. */
  Optional<Datum> usual(String parameter) {
    return parameters.stream()
        .filter(each -> each.name().equals(parameter))
        .findFirst()
        .flatMap(Parameter::value);
  }

  /** {@code maxpool(size, stride: size, pad: 0)}, as a user would write it. */
  String usage() {
    return parameters.isEmpty()
        ? name
        : parameters.stream()
            .filter(parameter -> !parameter.internal())
            .map(Parameter::usage)
            .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
