package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import java.util.List;

/**
 * What lies under a window's stride becomes one pixel, with zeros for what lies outside the
 * picture: channel {@code (c * strideHeight + i) * strideWidth + j} is channel c of row i, column
 * j. It is a step of the conv that reads it, and does none of that conv's multiply-adds.
 */
public record SpaceToDepth(Window window) implements Kernel {
  @Override
  public int units(List<View> reads, View write) {
    return write.height();
  }

  @Override
  public int grain(int units) {
    return 1;
  }

  @Override
  public int scratch(List<View> reads, View write) {
    return 0;
  }

  @Override
  public long multiplications(List<View> reads, View write) {
    return 0;
  }

  @Override
  public Traffic traffic(List<View> reads, View write) {
    View picture = reads.getFirst();
    int rows = write.height() * window.strideHeight() - window.padding().top();
    int columns = write.width() * window.strideWidth() - window.padding().left();
    Footprint read =
        new Footprint()
            .pixels(
                picture,
                Footprint.range(Math.min(rows, picture.height())),
                Footprint.range(Math.min(columns, picture.width())),
                picture.channels());
    Footprint written = new Footprint();
    for (int row = 0; row < write.height(); row++) {
      written.run(write.offset() + row * write.line(), write.width() * write.pixel());
    }
    return Traffic.of(read, written);
  }

  @Override
  public Shape whole(Shape output) {
    return output;
  }

  @Override
  public int listed(List<View> reads) {
    return 1;
  }
}
