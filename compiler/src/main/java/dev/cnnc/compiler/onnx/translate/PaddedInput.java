package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;

/**
 * The input of a conv without the padding layer before it, which becomes the padding of its window.
 */
record PaddedInput(int node, Window window) {

  static PaddedInput of(ImportDraft draft, int input, Window window) {
    if (!(draft.op(input) instanceof Op.Pad(int before, int after, Padding zeros))
        || before != 0
        || after != 0) {
      return new PaddedInput(input, window);
    }
    Padding own = window.padding();
    return new PaddedInput(
        draft.inputs(input).getFirst(),
        window.with(
            new Padding(
                own.top() + zeros.top(),
                own.left() + zeros.left(),
                own.bottom() + zeros.bottom(),
                own.right() + zeros.right())));
  }
}
