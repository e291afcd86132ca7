package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.List;

/**
 * Exports pools. If the standard's rules for rounding up or for counting padding differ from ours,
 * or an operator of version 17 has no such option, the export uses more padding, or a conv with
 * weights of 1.
 */
record PoolExport(ModelDraft draft, Values values) {

  void pool(Node node, Op.Pool pool) {
    Shape input = values.shape(node.inputs().getFirst());
    String x = values.name(node.inputs().getFirst(), Form.CHANNELS_FIRST);
    boolean up = pool.ceil() && !hasShape(pool.window(), false, input, node.shape());
    boolean sameRule = up && hasCeilShape(pool.window(), input, node.shape());
    Window window = up && !sameRule ? padded(pool.window(), input, node.shape()) : pool.window();
    long ceil = sameRule ? 1 : 0;
    String made =
        switch (pool.reduction()) {
          case MAX -> max(node, window, ceil, x);
          case AVERAGE ->
              pool.window().isDilated() || (pool.countPadding() && up)
                  ? averageByConv(node, pool, input, x)
                  : draft.node(
                      node.name(),
                      "AveragePool",
                      List.of(x),
                      SumExport.window(
                          window,
                          new Onnx.Attribute.Whole("ceil_mode", ceil),
                          new Onnx.Attribute.Whole(
                              "count_include_pad", pool.countPadding() ? 1 : 0)));
        };
    values.put(node, Form.CHANNELS_FIRST, made);
  }

  /** Other engines reject padding that is as large as the window without dilation. */
  private String max(Node node, Window window, long ceil, String x) {
    Padding padding = window.padding();
    boolean refused =
        Math.max(padding.top(), padding.bottom()) >= window.height()
            || Math.max(padding.left(), padding.right()) >= window.width();
    String input = x;
    Window bare = window;
    if (refused) {
      input =
          draft.node(
              node.name() + "/Pad",
              "Pad",
              List.of(
                  x,
                  MovementExport.pads(draft, 0, 0, padding),
                  draft.constant(Float.NEGATIVE_INFINITY)));
      bare = window.with(Padding.NONE);
    }
    return draft.node(
        node.name(),
        "MaxPool",
        List.of(input),
        SumExport.window(bare, new Onnx.Attribute.Whole("ceil_mode", ceil)));
  }

  /**
   * The sum by a depthwise conv with weights of 1, times the reciprocal of the number of elements.
   */
  private String averageByConv(Node node, Op.Pool pool, Shape input, String x) {
    int channels = input.channels();
    Window window = padded(pool.window(), input, node.shape());
    List<Integer> ones = List.of(channels, 1, window.height(), window.width());
    String weight =
        draft.tensor(
            node.name() + "/ones",
            new Recipe.Filled(1, ones),
            ones.stream().map(Integer::longValue).toList());
    String sum =
        draft.node(
            node.name() + "/Conv",
            "Conv",
            List.of(x, weight),
            SumExport.window(window, new Onnx.Attribute.Whole("group", channels)));
    String parts =
        draft.reals(
            List.of(1L, 1L, (long) node.shape().height(), (long) node.shape().width()),
            parts(pool, input, node.shape()));
    return draft.node(node.name(), "Mul", List.of(sum, parts));
  }

  private static List<Float> parts(Op.Pool pool, Shape input, Shape output) {
    Window window = pool.window();
    Padding padding = window.padding();
    List<Float> parts = new ArrayList<>();
    for (int row = 0; row < output.height(); row++) {
      int rows =
          counted(
              row * window.strideHeight() - padding.top(),
              window.height(),
              window.dilationHeight(),
              pool.countPadding() ? -padding.top() : 0,
              input.height() + (pool.countPadding() ? padding.bottom() : 0));
      for (int column = 0; column < output.width(); column++) {
        int columns =
            counted(
                column * window.strideWidth() - padding.left(),
                window.width(),
                window.dilationWidth(),
                pool.countPadding() ? -padding.left() : 0,
                input.width() + (pool.countPadding() ? padding.right() : 0));
        parts.add((float) (1.0 / Math.max(1, rows * columns)));
      }
    }
    return parts;
  }

  /** Number of positions of a window from {@code least} up to, not including, {@code end}. */
  private static int counted(int start, int size, int dilation, int least, int end) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      int at = start + i * dilation;
      count += at >= least && at < end ? 1 : 0;
    }
    return count;
  }

  private static boolean hasShape(Window window, boolean ceil, Shape input, Shape output) {
    return window.outputHeight(input.height(), ceil) == output.height()
        && window.outputWidth(input.width(), ceil) == output.width();
  }

  /** Whether rounding up without PyTorch's exception for the last window gives the same shape. */
  private static boolean hasCeilShape(Window window, Shape input, Shape output) {
    Padding padding = window.padding();
    int height = input.height() + padding.top() + padding.bottom() - window.reachHeight();
    int width = input.width() + padding.left() + padding.right() - window.reachWidth();
    return Math.ceilDiv(height, window.strideHeight()) + 1 == output.height()
        && Math.ceilDiv(width, window.strideWidth()) + 1 == output.width();
  }

  /**
   * The window with the padding at the end that gives the output's shape if sizes are rounded down.
   */
  private static Window padded(Window window, Shape input, Shape output) {
    Padding padding = window.padding();
    int bottom =
        (output.height() - 1) * window.strideHeight()
            + window.reachHeight()
            - input.height()
            - padding.top();
    int right =
        (output.width() - 1) * window.strideWidth()
            + window.reachWidth()
            - input.width()
            - padding.left();
    return window.with(
        new Padding(
            padding.top(),
            padding.left(),
            Math.max(bottom, padding.bottom()),
            Math.max(right, padding.right())));
  }

  /** Keeps NCHW, because convs often follow; tokens become a vector. */
  void global(Node node, Op.Reduction reduction) {
    int input = node.inputs().getFirst();
    Form form = values.form(input);
    String x = values.name(input, form);
    boolean max = reduction == Op.Reduction.MAX;
    if (form == Form.CHANNELS_FIRST) {
      String operator = max ? "GlobalMaxPool" : "GlobalAveragePool";
      values.put(node, form, draft.node(node.name(), operator, List.of(x)));
    } else if (values.shape(input).isVector()) {
      values.same(node, input);
    } else {
      List<Long> axes = values.shape(input).height() == 1 ? List.of(1L) : List.of(1L, 2L);
      values.put(
          node,
          form,
          draft.node(
              node.name(),
              max ? "ReduceMax" : "ReduceMean",
              List.of(x),
              new Onnx.Attribute.Wholes("axes", axes),
              new Onnx.Attribute.Whole("keepdims", 0)));
    }
  }
}
