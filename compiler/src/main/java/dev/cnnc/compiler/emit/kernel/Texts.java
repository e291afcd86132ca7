package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.plan.kernel.Attention;
import dev.cnnc.compiler.plan.kernel.ConvTranspose;
import dev.cnnc.compiler.plan.kernel.Depthwise;
import dev.cnnc.compiler.plan.kernel.Fc;
import dev.cnnc.compiler.plan.kernel.Flatten;
import dev.cnnc.compiler.plan.kernel.GroupNorm;
import dev.cnnc.compiler.plan.kernel.GroupedConv;
import dev.cnnc.compiler.plan.kernel.GroupedStrips;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.compiler.plan.kernel.PlanarConv;
import dev.cnnc.compiler.plan.kernel.PlanarPool;
import dev.cnnc.compiler.plan.kernel.Prologue;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import dev.cnnc.compiler.plan.kernel.SpaceToDepth;
import dev.cnnc.compiler.plan.kernel.StripConv;
import dev.cnnc.compiler.plan.kernel.TiledConv;
import dev.cnnc.compiler.plan.kernel.Walk;
import dev.cnnc.compiler.plan.kernel.WinogradConv;

/** The text of every kernel: the one switch from what a plan says to how it is written. */
public final class Texts {
  private Texts() {}

  public static KernelText of(Kernel kernel) {
    return switch (kernel) {
      case TiledConv conv -> of(conv);
      case WinogradConv conv -> WinogradKernels.text(conv);
      case GroupedConv conv -> ConvKernels.grouped(conv);
      case GroupedStrips conv -> GroupedStripsKernel.text(conv);
      case Depthwise conv ->
          switch (conv.form()) {
            case PIXELS -> DepthwiseKernel.text(conv);
            case STRIPS -> DepthwiseStrips.text(conv);
            case SLIDING -> DepthwiseSlides.text(conv);
          };
      case StripConv conv -> StripConvKernel.text(conv);
      case PlanarConv conv -> PlanarConvKernel.text(conv);
      case PlanarPool pool -> PlanarPoolKernel.text(pool);
      case ConvTranspose conv -> ConvTransposeKernel.text(conv);
      case Fc fc ->
          switch (fc.storage()) {
            case F32 -> ConvKernels.fc(fc);
            case F16, BF16 -> FcOfHalvesKernel.text(fc);
          };
      case Attention attention -> AttentionKernel.text(attention);
      case GroupNorm norm -> GroupNormKernel.text(norm);
      case SpaceToDepth(var window) -> WalkKernels.spaceToDepth(window);
      case Walk walk -> WalkKernels.walk(walk);
      case Flatten() -> MovementKernels.flatten();
      case RowByRow.Plain plain -> of(plain);
    };
  }

  private static KernelText of(TiledConv conv) {
    return switch (conv.prologue()) {
      case Prologue.None() ->
          switch (conv.reading()) {
            case LISTED -> FewChannelsKernel.text(conv);
            case RUNS, STREAMED -> ConvKernels.conv(conv);
          };
      case Prologue.Scale(var function) -> ScaledConvKernel.scaled(conv, function);
      case Prologue.Gate() -> ScaledConvKernel.gated(conv);
    };
  }

  private static KernelText of(RowByRow.Plain kernel) {
    return switch (kernel) {
      case RowByRow.Pool pool -> PoolKernel.text(pool);
      case RowByRow.Pointwise(var function) -> PointwiseKernels.activation(function);
      case RowByRow.LayerNorm norm -> LayerNormKernel.text(norm);
      case RowByRow.Scale(var function) -> PointwiseKernels.scale(function);
      case RowByRow.Prelu() -> PointwiseKernels.prelu();
      case RowByRow.Add(double factor) -> PointwiseKernels.add(factor);
      case RowByRow.Multiply() -> PointwiseKernels.multiply();
      case RowByRow.Copy copy -> MovementKernels.copy(copy);
      case RowByRow.Tokens tokens -> MovementKernels.tokens(tokens);
      case RowByRow.Crop crop -> MovementKernels.crop(crop);
      case RowByRow.Shuffle(int groups) -> MovementKernels.shuffle(groups);
      case RowByRow.Upsample upsample -> MovementKernels.upsample(upsample);
      case RowByRow.Softmax(boolean logarithm) -> ChannelKernels.softmax(logarithm);
      case RowByRow.LocalResponseNorm norm -> ChannelKernels.localResponseNorm(norm);
      case RowByRow.Learned() -> MovementKernels.learned();
      case RowByRow.Clear() -> MovementKernels.clear();
      case RowByRow.ClearHalo(var halo) -> MovementKernels.clearHalo(halo);
      case RowByRow.Combine(var operator) -> CombineKernels.of(operator);
      case RowByRow.MatMul() -> CombineKernels.matrixProducts();
      case RowByRow.Sample() -> SampleKernel.text();
      case RowByRow.Reduce(var reducer, boolean channels) -> ReduceKernels.text(reducer, channels);
      case RowByRow.Resample resample -> ResampleKernel.text(resample);
      case RowByRow.PixelShuffle(int factor, boolean inverse) ->
          inverse ? WalkKernels.pixelUnshuffle(factor) : WalkKernels.pixelShuffle(factor);
      case RowByRow.Reshape(boolean pixels) ->
          pixels ? WalkKernels.reshapePixels() : WalkKernels.reshape();
    };
  }
}
