package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The method of a kernel that layers call.
 *
 * @param name follows from the kernel's value: kernels of one name have one text
 */
public record Entry(String name, List<Parameter> parameters) {
  public Entry {
    parameters = List.copyOf(parameters);
  }

  /** Threads share its units; it needs no scratch. */
  static Entry of(String name, Parameter... parameters) {
    return new Entry(name, with(List.of(parameters), Parameter.units()));
  }

  /** Threads share its units; each has scratch. */
  static Entry withScratch(String name, Parameter... parameters) {
    return new Entry(name, with(List.of(parameters), Parameter.unitsOfWorker()));
  }

  /** A conv in blocks of pixels. */
  static Entry tiled(String name, TiledConv conv) {
    return tiled(name, conv.window(), conv.epilogue(), Parameter.number("block", conv.block()));
  }

  /** A conv or fc by register tiles. */
  static Entry tiled(String name, Window window, Epilogue epilogue, Parameter... sizes) {
    return tiled(name, Parameter.window(window), epilogue, sizes);
  }

  /** The same with a window that depends on the step. */
  static Entry tiled(String name, Parameter window, Epilogue epilogue, Parameter... sizes) {
    List<Parameter> parameters = new ArrayList<>(List.of(Parameter.read("x", 0), window));
    parameters.addAll(List.of(sizes));
    parameters.addAll(
        List.of(
            Parameter.weight("w", 0),
            Parameter.weight("bias", 1),
            Parameter.residual(epilogue),
            Parameter.write("y"),
            Parameter.finish(epilogue)));
    return new Entry(name, with(parameters, Parameter.unitsOfWorker()));
  }

  /** The same where the kernel sums up all channels of x: it is compiled with a few of them. */
  Entry summing() {
    return new Entry(
        name,
        parameters.stream()
            .map(parameter -> parameter.name().equals("x") ? parameter.summed() : parameter)
            .toList());
  }

  /** The same with more parameters at the end. */
  Entry and(Parameter... more) {
    return new Entry(name, with(parameters, List.of(more)));
  }

  /** The method, whose parameters are those that {@link #arguments} serves. */
  KernelMethod method(String doc, String body, List<KernelMethod> calls) {
    String declarations =
        parameters.stream().map(Parameter::declaration).collect(Collectors.joining(", "));
    return new KernelMethod(Role.ENTRY, doc, "void", name, declarations, body, calls);
  }

  /** The same with these of its parameters alone. */
  Entry reading(Set<String> read) {
    return new Entry(
        name, parameters.stream().filter(parameter -> read.contains(parameter.name())).toList());
  }

  /** What {@code step} passes, one Java expression a parameter. */
  public List<String> arguments(Step step, References references) {
    return parameters.stream().map(parameter -> parameter.argument().of(step, references)).toList();
  }

  private static List<Parameter> with(List<Parameter> first, List<Parameter> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }
}
