package dev.cnnc.compiler.predict;

import dev.cnnc.compiler.plan.Step;
import dev.cnnc.compiler.plan.kernel.RowByRow;
import dev.cnnc.runtime.View;

/** The work of the kernels that have nothing special. */
final class PlainWork {
  private PlainWork() {}

  /** Adds the work of a step; returns its kind. */
  static String add(RowByRow.Plain plain, Step step, Amounts to) {
    View y = step.write();
    double pixels = KernelWork.pixels(y);
    double vectors = to.vectors(pixels, y.channels());
    to.add("rows", step.units());
    to.add("pixels", pixels);
    to.add("vectors", vectors);
    String name = KernelWork.name(plain);
    return switch (plain) {
      case RowByRow.Pool pool -> {
        to.add("taps", vectors * pool.window().taps());
        yield name + " " + pool.reduction() + (y.height() * y.width() == 1 ? " of all" : "");
      }
      case RowByRow.Pointwise(var function) -> {
        to.activation(function, vectors);
        yield name;
      }
      case RowByRow.Scale(var function) -> {
        to.activation(function, vectors);
        yield name;
      }
      case RowByRow.Resample resample -> {
        double taps = resample.rows().lines().stream().mapToInt(line -> line.size()).sum();
        to.add("taps", taps * to.vectors(y.width(), y.channels()));
        yield name;
      }
      case RowByRow.LocalResponseNorm norm -> {
        to.add("taps", vectors * norm.size());
        yield name;
      }
      case RowByRow.Sample() -> {
        to.add("taps", 4 * vectors);
        yield name;
      }
      case RowByRow.LayerNorm _,
          RowByRow.Prelu _,
          RowByRow.Add _,
          RowByRow.Combine _,
          RowByRow.Reduce _,
          RowByRow.Multiply _,
          RowByRow.Copy _,
          RowByRow.Tokens _,
          RowByRow.Crop _,
          RowByRow.Shuffle _,
          RowByRow.Upsample _,
          RowByRow.Softmax _,
          RowByRow.Learned _,
          RowByRow.Clear _,
          RowByRow.ClearHalo _,
          RowByRow.MatMul _,
          RowByRow.PixelShuffle _,
          RowByRow.Reshape _ ->
          name;
    };
  }
}
