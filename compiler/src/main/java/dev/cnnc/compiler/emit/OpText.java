package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Window;
import java.util.Locale;

/** Operations in the words of comments and reports. */
public final class OpText {

  private OpText() {}

  /** One word: {@code conv}, {@code maxpool}. */
  public static String kind(Op op) {
    return switch (op) {
      case Op.Input _ -> "input";
      case Op.Learned _ -> "tensor";
      case Op.Conv conv -> conv.isFc() ? "fc" : "conv";
      case Op.Fc _ -> "fc";
      case Op.BatchNorm _ -> "bn";
      case Op.LayerNorm _ -> "layernorm";
      case Op.Scale _ -> "scale";
      case Op.Activate(Activation function) -> name(function);
      case Op.Prelu _ -> "prelu";
      case Op.Pool pool -> pool.reduction() == Op.Reduction.MAX ? "maxpool" : "avgpool";
      case Op.GlobalPool pool -> pool.reduction() == Op.Reduction.MAX ? "gmp" : "gap";
      case Op.Add _ -> "add";
      case Op.Multiply _ -> "mul";
      case Op.Mean _ -> "mean";
      case Op.Concat _ -> "concat";
      case Op.Slice _ -> "slice";
      case Op.Shuffle _ -> "shuffle";
      case Op.Crop _ -> "crop";
      case Op.Tokens _ -> "tokens";
      case Op.Attention _ -> "attend";
      case Op.Flatten _ -> "flatten";
      case Op.Softmax softmax -> softmax.logarithm() ? "log_softmax" : "softmax";
      case Op.LocalResponseNorm _ -> "lrn";
      case Op.Dropout _ -> "dropout";
      case Op.Pad _ -> "zeropad";
      case Op.Upsample _ -> "upsample";
      case Computation computation -> computation.word();
      case Rearrangement rearrangement -> rearrangement.word();
    };
  }

  /** What a layer does, with its arguments: {@code conv 6@5x5 pad 2, tanh}. */
  public static String describe(Op op) {
    return switch (op) {
      case Op.Conv conv when conv.isFc() -> "fc " + conv.filters() + epilogue(conv.epilogue());
      case Op.Conv conv ->
          "conv %s@%s%s%s"
              .formatted(
                  conv.filters(),
                  window(conv.window()),
                  conv.groups() > 1 ? " groups " + conv.groups() : "",
                  epilogue(conv.epilogue()));
      case Op.Fc fc -> "fc " + fc.outputs() + epilogue(fc.epilogue());
      case Op.Pool pool -> kind(op) + " " + window(pool.window());
      case Op.Slice(int from, int to) -> "channels %s to %s".formatted(from, to - 1);
      case Op.Upsample(int height, int width) -> "upsample %sx%s".formatted(height, width);
      case Op.Shuffle(int groups) -> "shuffle of " + groups + " groups";
      case Op.Crop crop ->
          "crop %sx%s from row %s, column %s"
              .formatted(crop.height(), crop.width(), crop.top(), crop.left());
      case Op.Scale scale -> kind(op) + (scale.isBare() ? "" : ", " + name(scale.function()));
      case Computation.ConvTranspose conv ->
          "conv_transpose %s@%s%s"
              .formatted(
                  conv.filters(),
                  window(conv.window()),
                  conv.groups() > 1 ? " groups " + conv.groups() : "");
      case Op.Attention(int heads) -> "attention of " + heads + " heads";
      case Op.Input _,
          Op.Learned _,
          Op.BatchNorm _,
          Op.LayerNorm _,
          Op.Activate _,
          Op.Prelu _,
          Op.GlobalPool _,
          Op.Add _,
          Op.Multiply _,
          Op.Mean _,
          Op.Concat _,
          Op.Tokens _,
          Op.Flatten _,
          Op.Softmax _,
          Op.LocalResponseNorm _,
          Op.Dropout _,
          Op.Pad _,
          Op.Family _ ->
          kind(op);
    };
  }

  /** {@code relu}, {@code leaky_relu}. */
  public static String name(Activation activation) {
    return switch (activation) {
      case Activation.LeakyRelu _ -> "leaky_relu";
      case Activation.ThresholdedRelu _ -> "thresholded_relu";
      case Activation.Elementary function -> function.word();
      case Activation other -> other.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  private static String epilogue(Epilogue epilogue) {
    return (epilogue.residual() ? ", plus residual" : "")
        + (!epilogue.activates() ? "" : ", " + name(epilogue.activation()));
  }

  /** {@code 3x3 stride 2 pad 1}. */
  static String window(Window window) {
    String text = window.height() + "x" + window.width();
    if (window.strideHeight() != 1 || window.strideWidth() != 1) {
      text += " stride " + pair(window.strideHeight(), window.strideWidth());
    }
    if (window.isDilated()) {
      text += " dilation " + pair(window.dilationHeight(), window.dilationWidth());
    }
    Padding pad = window.padding();
    if (!pad.equals(Padding.NONE)) {
      text +=
          pad.equals(Padding.all(pad.top()))
              ? " pad " + pad.top()
              : " pad %s %s %s %s".formatted(pad.top(), pad.left(), pad.bottom(), pad.right());
    }
    return text;
  }

  private static String pair(int height, int width) {
    return height == width ? Integer.toString(height) : height + "x" + width;
  }
}
