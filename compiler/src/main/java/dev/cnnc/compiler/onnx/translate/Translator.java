package dev.cnnc.compiler.onnx.translate;

import java.util.List;

/** Translates one operator of the standard. */
@FunctionalInterface
interface Translator {

  /** The meaning of each output; outputs without readers may be missing. */
  List<Value> apply(Call call) throws Refusal;

  /** A translator of an operator with one output. */
  @FunctionalInterface
  interface Single {
    View apply(Call call) throws Refusal;
  }

  static Translator of(Single single) {
    return call -> List.of(new Value.Computed(single.apply(call)));
  }
}
