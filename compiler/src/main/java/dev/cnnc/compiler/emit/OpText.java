package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Window;

/** Operations in the words of comments and reports. */
public final class OpText {

  private OpText() {}

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
      case Op.Pool pool -> op.word() + " " + window(pool.window());
      case Op.Slice(int from, int to) -> "channels %s to %s".formatted(from, to - 1);
      case Op.Upsample(int height, int width) -> "upsample %sx%s".formatted(height, width);
      case Op.Shuffle(int groups) -> "shuffle of " + groups + " groups";
      case Op.Crop crop ->
          "crop %sx%s from row %s, column %s"
              .formatted(crop.height(), crop.width(), crop.top(), crop.left());
      case Op.Scale scale -> op.word() + (scale.isBare() ? "" : ", " + scale.function().word());
      case Computation.ConvTranspose conv ->
          "conv_transpose %s@%s%s"
              .formatted(
                  conv.filters(),
                  window(conv.window()),
                  conv.groups() > 1 ? " groups " + conv.groups() : "");
      case Op.Attention(int heads) -> "attention of " + heads + " heads";
      case Op.Source _, Op.OneInput _, Op.ManyInputs _, Computation _, Rearrangement _ -> op.word();
    };
  }

  private static String epilogue(Epilogue epilogue) {
    return (epilogue.residual() ? ", plus residual" : "")
        + (!epilogue.activates() ? "" : ", " + epilogue.activation().word());
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
