package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.plan.GeneralKernel;

/** The method of each {@link GeneralKernel}. */
final class GeneralKernels {

  private GeneralKernels() {}

  static KernelMethod of(GeneralKernel kernel, Lanes lanes) {
    return switch (kernel) {
      case GeneralKernel.Combine(Operator operator) -> CombineKernels.of(operator);
      case GeneralKernel.MatMul() -> CombineKernels.MATRIX_PRODUCTS;
      case GeneralKernel.Reduce(Reducer reducer, boolean channels) ->
          ReduceKernels.of(reducer, channels, lanes);
      case GeneralKernel.GroupNorm _ -> GroupNormKernel.GROUP_NORM;
      case GeneralKernel.ConvTranspose _ -> ConvTransposeKernel.CONV_TRANSPOSE;
      case GeneralKernel.Resample _ -> ResampleKernel.RESAMPLE;
      case GeneralKernel.PixelShuffle(int _, boolean inverse) ->
          inverse ? WalkKernels.PIXEL_UNSHUFFLE : WalkKernels.PIXEL_SHUFFLE;
      case GeneralKernel.SpaceToDepth _ -> WalkKernels.SPACE_TO_DEPTH;
      case GeneralKernel.Reshape(boolean pixels) ->
          pixels ? WalkKernels.PIXELS : WalkKernels.RESHAPE;
      case GeneralKernel.Walk _ -> WalkKernels.WALK;
    };
  }
}
