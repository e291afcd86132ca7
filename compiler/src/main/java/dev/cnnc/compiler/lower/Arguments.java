package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one layer.
 *
 * <p>Invariant: required arguments are present, and the {@link Kind} of each accepts it.
 *
 * @param layer the node's name, the prefix of its tensors
 * @param data given arguments and defaults
 */
record Arguments(String layer, Map<String, Datum> data) {

  boolean has(String name) {
    return data.containsKey(name);
  }

  int integer(String name) {
    return (int) ((Datum.Int) get(name)).value();
  }

  double number(String name) {
    return Operators.real(get(name));
  }

  boolean flag(String name) {
    return ((Datum.Bool) get(name)).value();
  }

  /** A word of {@code type}. */
  <E extends Enum<E>> E word(String name, Class<E> type) {
    return Enum.valueOf(type, ((Datum.Word) get(name)).name().toUpperCase(Locale.ROOT));
  }

  /** A list of {@code count} numbers; a single number is repeated. */
  List<Double> numbers(String name, int count) {
    return get(name) instanceof Datum.Listed(var elements)
        ? elements.stream().map(Operators::real).toList()
        : Collections.nCopies(count, number(name));
  }

  /** A list of whole numbers. */
  List<Integer> integers(String name) {
    return ((Datum.Listed) get(name))
        .elements().stream().map(element -> (int) ((Datum.Int) element).value()).toList();
  }

  /** A size; one number is square. */
  Datum.Size size(String name) {
    Datum datum = get(name);
    return datum instanceof Datum.Size size
        ? size
        : new Datum.Size(((Datum.Int) datum).value(), ((Datum.Int) datum).value());
  }

  /** Size, stride, dilation and padding; defaults for those that the layer does not have. */
  Window window(Shape in) {
    Datum.Size size = size("size");
    Datum.Size stride = has("stride") ? size("stride") : size;
    Datum.Size dilation = has("dilation") ? size("dilation") : new Datum.Size(1, 1);
    Window bare =
        new Window(
            (int) size.height(),
            (int) size.width(),
            (int) stride.height(),
            (int) stride.width(),
            (int) dilation.height(),
            (int) dilation.width(),
            Padding.NONE);
    return new Window(
        bare.height(),
        bare.width(),
        bare.strideHeight(),
        bare.strideWidth(),
        bare.dilationHeight(),
        bare.dilationWidth(),
        padding(bare, in));
  }

  private Padding padding(Window window, Shape in) {
    if (!(get("pad") instanceof Datum.Word(String word, _))) {
      return padding("pad");
    }
    int rows =
        missing(in.height(), window.height(), window.strideHeight(), window.dilationHeight());
    int columns = missing(in.width(), window.width(), window.strideWidth(), window.dilationWidth());
    boolean late = word.equals("same");
    int top = late ? rows / 2 : rows - rows / 2;
    int left = late ? columns / 2 : columns - columns / 2;
    return new Padding(top, left, rows - top, columns - left);
  }

  /** Pixels that a side lacks for one output per stride. */
  private static int missing(int side, long size, long stride, long dilation) {
    long reach = (size - 1) * dilation + 1;
    long wanted = (Math.ceilDiv(side, stride) - 1) * stride + reach;
    return Math.clamp(wanted - side, 0, Integer.MAX_VALUE);
  }

  /** A padding that depends on no shape. */
  Padding padding(String name) {
    if (get(name) instanceof Datum.Listed) {
      List<Integer> sides = integers(name);
      return new Padding(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
    }
    Datum.Size size = size(name);
    int rows = (int) size.height();
    int columns = (int) size.width();
    return new Padding(rows, columns, rows, columns);
  }

  /** The epilogue from {@code residual:} and {@code activation:}. */
  Epilogue epilogue() {
    return new Epilogue(has("residual"), activation());
  }

  /** The activation from {@code activation:}. */
  Activation activation() {
    return data.get("activation") instanceof Datum.Function(Activation function)
        ? function
        : new Activation.Identity();
  }

  /** The layer's stored tensor {@code LAYER.suffix}. */
  Recipe tensor(String suffix, Integer... shape) {
    return new Recipe.Stored(layer + "." + suffix, Arrays.asList(shape));
  }

  /** The bias of the layer, unless the file says {@code bias: false}. */
  Optional<Recipe> bias(int outputs) {
    return !has("bias") || flag("bias") ? Optional.of(tensor("bias", outputs)) : Optional.empty();
  }

  private Datum get(String name) {
    @Nullable Datum datum = data.get(name);
    if (datum == null) {
      throw new IllegalArgumentException(name);
    }
    return datum;
  }
}
