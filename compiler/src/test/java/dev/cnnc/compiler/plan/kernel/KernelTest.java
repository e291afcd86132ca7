package dev.cnnc.compiler.plan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.runtime.weights.Tile;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelTest {

  @Test
  void scratchHoldsTheWidestTile() {
    int widest = 0;
    for (Tile.Use use : Tile.Use.values()) {
      for (int lanes : List.of(16, 8, 4, 1)) {
        for (Tile tile : Tile.of(use, lanes)) {
          widest = Math.max(widest, tile.outputs(lanes));
        }
      }
    }
    assertThat(Kernel.WIDEST).isEqualTo(widest);
  }
}
