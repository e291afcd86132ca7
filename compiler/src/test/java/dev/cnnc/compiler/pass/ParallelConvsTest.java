package dev.cnnc.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParallelConvsTest extends PassTest {
  private static final Window PADDED_3X3 = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));

  @Test
  void slicesOneWideConv() {
    int reduce3 = graph.conv("reduce3", 0, 6, Window.of(1, 1), 1, false);
    int reduce5 = graph.conv("reduce5", 0, 2, Window.of(1, 1));
    int branch3 = graph.conv("branch3", reduce3, 8, PADDED_3X3);
    int branch5 = graph.conv("branch5", reduce5, 4, PADDED_3X3);
    assertBecomes(
        new FoldBottleneck(),
        graph.add("join", new Op.Concat(), branch3, branch5),
        """
        input = Input() [4, 6, 6]
        reduce3_and_1_more = Conv(input) weight: [reduce3.weight, reduce5.weight] bias: [0.0, reduce5.bias] [8, 6, 6]
        reduce3 = Slice(reduce3_and_1_more) [6, 6, 6]
        reduce5 = Slice(reduce3_and_1_more) [2, 6, 6]
        branch3 = Conv(reduce3) weight: branch3.weight bias: branch3.bias [8, 6, 6]
        branch5 = Conv(reduce5) weight: branch5.weight bias: branch5.bias [4, 6, 6]
        join = Concat(branch3, branch5) [12, 6, 6]
        -> join=join
        """);
  }

  @Test
  void leavesPartsOfAConcatWhereTheyAre() {
    int branch1 = graph.conv("branch1", 0, 6, Window.of(1, 1));
    int reduce3 = graph.conv("reduce3", 0, 6, Window.of(1, 1));
    int branch3 = graph.conv("branch3", reduce3, 8, PADDED_3X3);
    int join = graph.add("join", new Op.Concat(), branch1, branch3);
    assertThat(refusals(new FoldBottleneck(), join))
        .containsExactly("branch1: it is written straight into a concat");
    assertKeeps(new FoldBottleneck(), graph.build(join));
  }

  @Test
  void leavesConvsThatDoNotEndAlike() {
    int first = graph.conv("first", 0, 6, Window.of(1, 1));
    int second = graph.conv("second", 0, 6, new Window(1, 1, 2, 2, 1, 1, Padding.NONE));
    int third = graph.relu("relu", graph.conv("third", 0, 6, Window.of(1, 1)));
    var before =
        Passes.run(List.of(new FuseActivation()), graph.build(first, second, third))
            .getLast()
            .graph();
    assertKeeps(new FoldBottleneck(), before);
  }
}
