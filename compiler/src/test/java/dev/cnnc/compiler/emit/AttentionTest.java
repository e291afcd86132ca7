package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AttentionTest {
  /** Six tokens fill up to sixteen keys: a larger attention's scores lie where ten are missing. */
  private static final int HEIGHT = 2;

  private static final int WIDTH = 3;

  @Test
  void whatWasNoNumberIsForgotten() {
    GraphBuilder graph = new GraphBuilder(8, HEIGHT, WIDTH);
    int attended = graph.add("attend", new Op.Attention(1), graph.pixelFc("fc", 0, 3 * 40));
    int large = graph.add("upsample", new Op.Upsample(7, 7), attended);
    int larger = graph.add("larger", new Op.Attention(1), graph.pixelFc("fc2", large, 3 * 40));
    CompiledGraph compiled = CompiledGraph.of(graph.build(larger));
    try (CompiledNetwork fresh = compiled.load(new Synthetic(), Threads.caller());
        CompiledNetwork used = compiled.load(new Synthetic(), Threads.caller())) {
      float[] picture = Results.picture(fresh, "input");
      float[] noNumbers = new float[picture.length];
      Arrays.fill(noNumbers, Float.NaN);
      assertThat(Results.of(used, noNumbers)[0]).contains(Float.NaN);
      float[] expected = Results.of(fresh, picture)[0];
      assertThat(expected).doesNotContain(Float.NaN);
      assertThat(Results.of(used, picture)[0]).isEqualTo(expected);
    }
  }
}
