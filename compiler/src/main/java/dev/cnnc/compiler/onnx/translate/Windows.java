package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the attributes of operators with a window, for pictures of one or two axes. */
final class Windows {

  private Windows() {}

  /** The sizes of a picture; one with a single axis is one row. */
  private record Sides(List<Integer> values) {
    int height(int otherwise) {
      return values.size() == 2 ? values.getFirst() : otherwise;
    }

    int width() {
      return values.getLast();
    }
  }

  /**
   * The window of a conv or pool.
   *
   * @param kernel its sizes
   * @param input sizes of the picture's axes
   */
  static Window of(Call call, List<Integer> kernel, List<Integer> input) throws Refusal {
    Window window = bare(call, kernel, input.size());
    return window.with(padding(call, window, new Sides(input)));
  }

  /** The same without padding. */
  static Window bare(Call call, List<Integer> kernel, int axes) throws Refusal {
    if (axes != 1 && axes != 2) {
      throw tooManyAxes(axes);
    }
    Sides size = sides(kernel, axes, "kernel_shape");
    Sides stride = sides(call.wholes("strides").orElse(ones(axes)), axes, "strides");
    Sides dilation = sides(call.wholes("dilations").orElse(ones(axes)), axes, "dilations");
    return new Window(
        size.height(1),
        size.width(),
        stride.height(1),
        stride.width(),
        dilation.height(1),
        dilation.width(),
        Padding.NONE);
  }

  static Refusal tooManyAxes(int axes) {
    return new Refusal(
        "slides over " + axes + " axes: a value has rows and columns",
        "use a network of pictures or rows");
  }

  private static List<Integer> ones(int axes) {
    return Collections.nCopies(axes, 1);
  }

  private static Sides sides(List<Integer> values, int axes, String what) throws Refusal {
    if (values.size() != axes || Collections.min(values) < 1) {
      throw new Refusal(
          "has %s %s for a picture of %s axes".formatted(what, values, axes),
          "export the model again");
    }
    return new Sides(values);
  }

  private static Padding padding(Call call, Window window, Sides input) throws Refusal {
    String automatic = call.text("auto_pad", "NOTSET");
    return switch (automatic) {
      case "NOTSET", "" -> given(call);
      case "VALID" -> Padding.NONE;
      case "SAME_UPPER", "SAME_LOWER" -> same(window, input, automatic.equals("SAME_UPPER"));
      default -> throw new Refusal("has auto_pad " + automatic, "export the model again");
    };
  }

  private static Padding given(Call call) throws Refusal {
    List<Integer> pads = call.wholes("pads").orElse(List.of(0, 0, 0, 0));
    if (!pads.isEmpty() && Collections.min(pads) < 0) {
      throw new Refusal("has negative pads " + pads, "crop its input before instead");
    }
    return switch (pads.size()) {
      case 4 -> new Padding(pads.get(0), pads.get(1), pads.get(2), pads.get(3));
      case 2 -> new Padding(0, pads.get(0), 0, pads.get(1));
      default -> throw new Refusal("has pads " + pads, "export the model again");
    };
  }

  private static Padding same(Window window, Sides input, boolean upper) {
    int rows = missing(input.height(1), window.strideHeight(), window.reachHeight());
    int columns = missing(input.width(), window.strideWidth(), window.reachWidth());
    int top = upper ? rows / 2 : (rows + 1) / 2;
    int left = upper ? columns / 2 : (columns + 1) / 2;
    return new Padding(top, left, rows - top, columns - left);
  }

  private static int missing(int input, int stride, int reach) {
    return Math.max(0, (Math.ceilDiv(input, stride) - 1) * stride + reach - input);
  }

  /** Sizes after batch and channels. */
  static List<Integer> pixels(View view) {
    return new ArrayList<>(view.sizes().subList(2, view.rank()));
  }
}
