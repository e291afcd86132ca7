package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Taps;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.runtime.View;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A parameter of a kernel and what a step passes for it: one object, so that no call disagrees with
 * the signature.
 *
 * @param type as Java writes it
 */
record Parameter(String type, String name, Argument argument) {

  /** The first unit of a step that a thread takes. */
  static final Parameter FROM = new Parameter("int", "from", (_, _) -> "from");

  /** The unit behind the last. */
  static final Parameter UP_TO = new Parameter("int", "upTo", (_, _) -> "to");

  /** Number of the thread, which has scratch of its own. */
  static final Parameter WORKER = new Parameter("int", "worker", (_, _) -> "worker");

  /** What a step passes. */
  interface Argument {
    /** A Java expression. */
    String of(Step step, References references);
  }

  /** Where an input lies. */
  static Parameter read(String name, int index) {
    return view(name, step -> step.reads().get(index));
  }

  /** Where the last input lies. */
  static Parameter lastRead(String name) {
    return view(name, step -> step.reads().getLast());
  }

  /** Where the output lies. */
  static Parameter write(String name) {
    return view(name, Step::write);
  }

  /** Where the residual lies; where there is none the output stands in, and is not read. */
  static Parameter residual(Epilogue epilogue) {
    return view("residual", step -> epilogue.residual() ? step.reads().get(1) : step.write());
  }

  private static Parameter view(String name, Function<Step, View> view) {
    return new Parameter("View", name, (step, references) -> references.view(view.apply(step)));
  }

  static Parameter window(Window window) {
    return new Parameter("Window", "window", (_, references) -> references.window(window));
  }

  /** A window that covers the whole input. */
  static Parameter wholeWindow() {
    return new Parameter(
        "Window",
        "window",
        (step, references) -> {
          View x = step.reads().getFirst();
          return references.window(Window.of(x.height(), x.width()));
        });
  }

  /** Where a packed tensor of the step begins. */
  static Parameter weight(String name, int index) {
    return new Parameter("int", name, (step, references) -> references.weight(step, index));
  }

  static Parameter number(String name, int value) {
    return new Parameter("int", name, (_, _) -> Integer.toString(value));
  }

  /** A place in the arena or a distance that follows from where the input lies. */
  static Parameter place(String name, ToIntFunction<View> place) {
    return new Parameter(
        "int",
        name,
        (step, references) -> references.number(place.applyAsInt(step.reads().getFirst())));
  }

  static Parameter real(String name, double value) {
    return new Parameter("float", name, (_, _) -> FunctionKernels.constant(value));
  }

  static Parameter flag(String name, boolean value) {
    return new Parameter("boolean", name, (_, _) -> Boolean.toString(value));
  }

  /** What becomes of accumulators. */
  static Parameter finish(Epilogue epilogue) {
    return new Parameter("Finish", "finish", (_, _) -> "Finish." + TileFinish.constant(epilogue));
  }

  /** A table of what rows or columns are made of. */
  static Parameter taps(String name, String constant, Taps lines) {
    return new Parameter(
        "float[][]", name, (step, references) -> references.taps(step, constant, lines));
  }

  String declaration() {
    return type + " " + name;
  }

  /** A view of which the network may pass some channels only. */
  Parameter summed() {
    return new Parameter(
        type, name, (step, references) -> "summed(%s)".formatted(argument.of(step, references)));
  }

  /** Which units, without scratch. */
  static List<Parameter> units() {
    return List.of(FROM, UP_TO);
  }

  /** Which units, with scratch. */
  static List<Parameter> unitsOfWorker() {
    return List.of(FROM, UP_TO, WORKER);
  }
}
