package dev.cnnc.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.ir.Taps;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.GeneralKernel;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.runtime.View;

/** The part of {@link KernelCalls} for {@link GeneralKernel}. */
record GeneralCalls(Constants constants) {

  CodeBlock of(GeneralKernel kernel, Step step) {
    String y = constants.view(step.write());
    return switch (kernel) {
      case GeneralKernel.Combine(Operator operator) ->
          KernelCalls.call(
              CombineKernels.name(operator), read(step, 0), read(step, 1), y, "from, to");
      case GeneralKernel.MatMul() ->
          KernelCalls.call("matrixProducts", read(step, 0), read(step, 1), y, "from, to");
      case GeneralKernel.Reduce(Reducer reducer, boolean channels) ->
          KernelCalls.call(
              ReduceKernels.name(reducer, channels), read(step, 0), y, "from, to, worker");
      case GeneralKernel.GroupNorm(int size, int block, double epsilon) ->
          KernelCalls.call(
              "groupNorm",
              read(step, 0),
              constants.weight(step, 0),
              constants.weight(step, 1),
              "%s, %s, %sf".formatted(size, block, (float) epsilon),
              y,
              "from, to, worker");
      case GeneralKernel.ConvTranspose(Window window, int groups) ->
          KernelCalls.call(
              "convTranspose",
              read(step, 0),
              constants.window(window),
              Integer.toString(groups),
              constants.weight(step, 0),
              constants.weight(step, 1),
              y,
              "from, to, worker");
      case GeneralKernel.Resample(Taps rows, Taps columns, double outside) ->
          KernelCalls.call(
              ResampleKernel.RESAMPLE.name(),
              read(step, 0),
              constants.taps(step, "ROWS", rows),
              constants.taps(step, "COLUMNS", columns),
              (float) outside + "f",
              y,
              "from, to");
      case GeneralKernel.PixelShuffle(int factor, boolean inverse) ->
          KernelCalls.call(
              (inverse ? WalkKernels.PIXEL_UNSHUFFLE : WalkKernels.PIXEL_SHUFFLE).name(),
              read(step, 0),
              Integer.toString(factor),
              y,
              "from, to");
      case GeneralKernel.SpaceToDepth(Window window) ->
          KernelCalls.call(
              WalkKernels.SPACE_TO_DEPTH.name(),
              read(step, 0),
              constants.window(window),
              y,
              "from, to");
      case GeneralKernel.Reshape(boolean pixels) ->
          KernelCalls.call(
              pixels ? WalkKernels.PIXELS.name() : WalkKernels.RESHAPE.name(),
              read(step, 0),
              y,
              "from, to");
      case GeneralKernel.Walk walk -> {
        View x = step.reads().getFirst();
        yield KernelCalls.call(
            WalkKernels.WALK.name(),
            Constants.grouped(walk.start(x)),
            Constants.grouped(walk.step(x, 0)),
            Constants.grouped(walk.step(x, 1)),
            Constants.grouped(walk.step(x, 2)),
            y,
            "from, to");
      }
    };
  }

  private String read(Step step, int index) {
    return constants.view(step.reads().get(index));
  }
}
