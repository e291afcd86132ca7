package dev.cnnc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pixels lie a line further apart where their channels would share few sets of an L1 cache. */
class PitchTest {

  private static final Window THREE = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));

  @ParameterizedTest
  @CsvSource({
    "64, 64, 80", // Depthwise.
    "192, 192, 208",
    "190, 190, 208",
    "512, 512, 528",
    "96, 96, 96",
    "144, 144, 144",
    "160, 160, 160",
    "64, 16, 80", // Four channels a group.
    "512, 32, 528",
    "64, 1, 64", // Winograd, from 128 channels on.
    "128, 1, 144",
    "256, 1, 272"
  })
  void ofWhatWindowsMoveOver(int channels, int groups, int pitch) {
    assertThat(pitch(channels, 14, 14, groups, THREE)).isEqualTo(pitch);
  }

  /** Nothing is read twice by a window of one pixel, and a row alone has no clashes to lose. */
  @Test
  void othersStayDense() {
    assertThat(pitch(256, 14, 14, 1, Window.of(1, 1))).isEqualTo(256);
    assertThat(pitch(256, 1, 14, 256, THREE)).isEqualTo(256);
    assertThat(pitch(256, 14, 1, 256, THREE)).isEqualTo(256);
  }

  /** A direct conv reads three pixels of a row in one run, if they lie side by side. */
  @Test
  void aValueReadInRunsStaysDense() {
    GraphBuilder graph = new GraphBuilder(3, 14, 14);
    int value = graph.conv("value", 0, 128, Window.of(1, 1));
    int depthwise = graph.conv("depthwise", value, 128, THREE, 128, true);
    Window dilated = new Window(3, 3, 1, 1, 2, 2, Padding.all(2));
    int direct = graph.conv("direct", value, 128, dilated);
    Plan plan = Planner.plan(CompiledGraph.improved(graph.build(depthwise, direct)));
    assertThat(plan.views().get(value).pixel()).isEqualTo(128);
    assertThat(plan.views().get(depthwise).pixel()).isEqualTo(144);
  }

  /** The pitch of a value that a conv reads. */
  private static int pitch(int channels, int height, int width, int groups, Window window) {
    GraphBuilder graph = new GraphBuilder(3, height, width);
    int value = graph.conv("value", 0, channels, Window.of(1, 1));
    int conv = graph.conv("conv", value, channels, window, groups, true);
    return Planner.plan(CompiledGraph.improved(graph.build(conv))).views().get(value).pixel();
  }
}
