package dev.cnnc.compiler.onnx.translate;

import java.util.List;

/** What one operator of the standard means in our terms. */
@FunctionalInterface
interface Translator {

  /** What each of its outputs stands for; those that nobody reads may be missing. */
  List<Value> apply(Call call) throws Refusal;

  /** Of operators that give one value. */
  @FunctionalInterface
  interface Single {
    View apply(Call call) throws Refusal;
  }

  static Translator of(Single single) {
    return call -> List.of(new Value.Computed(single.apply(call)));
  }
}
