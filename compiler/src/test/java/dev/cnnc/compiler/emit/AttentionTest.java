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

  /** Keys that fill a panel up have no share, however low the scores of those that are there. */
  @Test
  void missingKeysHaveNoShare() {
    assertThat(attended(5)).containsOnly(3);
    assertThat(attended(1)).containsOnly(1);
  }

  /** Tokens whose scores are all -1e6, and whose values count from 1. */
  private static float[] attended(int tokens) {
    GraphBuilder graph = new GraphBuilder(3, 1, tokens);
    CompiledGraph compiled = CompiledGraph.of(graph.build(graph.add("a", new Op.Attention(1), 0)));
    try (CompiledNetwork network = compiled.load(new Synthetic(), Threads.caller())) {
      float[] picture = new float[3 * tokens];
      Arrays.fill(picture, 0, tokens, -1e3f);
      Arrays.fill(picture, tokens, 2 * tokens, 1e3f);
      for (int i = 0; i < tokens; i++) {
        picture[2 * tokens + i] = i + 1;
      }
      return Results.of(network, picture)[0];
    }
  }
}
