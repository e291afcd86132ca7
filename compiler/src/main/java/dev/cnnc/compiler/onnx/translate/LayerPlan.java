package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;

/** An operation that will hold tensors under a name that is not yet settled. */
@FunctionalInterface
interface LayerPlan {
  Op op(LayerTensors tensors);
}
