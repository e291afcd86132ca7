package dev.cnnc.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import org.junit.jupiter.api.Test;

class LinearChainsTest extends PassTest {

  @Test
  void makesOneMatrixOfTwo() {
    int wide = graph.conv("wide", 0, 16, Window.of(1, 1));
    assertBecomes(
        new FoldBottleneck(),
        graph.conv("narrow", wide, 2, new Window(1, 1, 2, 2, 1, 1, Padding.NONE)),
        """
        input = Input() [4, 6, 6]
        wide = Conv(input) weight: narrow.weight x wide.weight bias: (narrow.weight x wide.bias + narrow.bias) [2, 3, 3]
        -> narrow=wide
        """);
  }

  @Test
  void makesOneFcOfTwo() {
    int wide = graph.fc("wide", 0, 16);
    assertBecomes(
        new FoldBottleneck(),
        graph.fc("narrow", graph.fc("middle", wide, 8), 3),
        """
        input = Input() [4, 6, 6]
        wide = Fc(input) weight: narrow.weight x middle.weight x wide.weight bias: (narrow.weight x (middle.weight x wide.bias + middle.bias) + narrow.bias) [3]
        -> narrow=wide
        """);
  }

  @Test
  void refusesWhatWouldCostMore() {
    int narrow = graph.conv("narrow", 0, 1, Window.of(1, 1));
    int wide = graph.conv("wide", narrow, 8, Window.of(1, 1));
    assertThat(refusals(new FoldBottleneck(), wide))
        .containsExactly(
            "wide: with narrow it would take 1,152 multiply-accumulates instead of 432");
  }

  @Test
  void refusesAnActivationInBetweenAndOtherReaders() {
    int first = graph.conv("first", 0, 16, Window.of(1, 1));
    int second = graph.conv("second", graph.relu("relu", first), 2, Window.of(1, 1));
    int third = graph.conv("third", second, 2, Window.of(1, 1));
    int fourth = graph.conv("fourth", second, 2, new Window(1, 1, 2, 2, 1, 1, Padding.NONE));
    assertThat(refusals(new FoldBottleneck(), third, fourth))
        .containsExactly("third: second has 2 readers", "fourth: second has 2 readers");
    assertKeeps(new FoldBottleneck(), graph.build(third, fourth));
  }
}
