package dev.cnnc.compiler.ir;

/** The one word for each op, but for those of files that have their own. */
final class OpWord {

  private OpWord() {}

  static String of(Op op) {
    return switch (op) {
      case Op.Input _ -> "input";
      case Op.Learned _ -> "tensor";
      case Op.Conv conv -> conv.isFc() ? "fc" : "conv";
      case Op.Fc _ -> "fc";
      case Op.BatchNorm _ -> "bn";
      case Op.LayerNorm _ -> "layernorm";
      case Op.Scale _ -> "scale";
      case Op.Activate(Activation function) -> function.word();
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
}
