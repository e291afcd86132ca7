package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;

/** Builds an operation with tensors under a name that is decided later. */
@FunctionalInterface
interface LayerPlan {
  Op op(LayerTensors tensors);
}
