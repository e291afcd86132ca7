package dev.cnnc.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Window;
import org.junit.jupiter.api.Test;

class FuseResidualTest extends PassTest {

  private static final Window WINDOW = Window.of(1, 1);

  @Test
  void theConvAddsWhatItsAdditionAdded() {
    int conv = graph.conv("conv1", 0, 4, WINDOW);
    assertBecomes(
        new FuseResidual(),
        graph.add("add", new Op.Add(), 0, conv),
        """
        input = Input() [4, 6, 6]
        conv1 = Conv(input, input) weight: conv1.weight bias: conv1.bias then: Add [4, 6, 6]
        -> add=conv1
        """);
  }

  @Test
  void ofTwoConvsTheLaterOneAdds() {
    int main = graph.conv("main", 0, 8, WINDOW);
    int around = graph.conv("around", 0, 8, WINDOW);
    assertBecomes(
        new FuseResidual(),
        graph.add("add", new Op.Add(), main, around),
        """
        input = Input() [4, 6, 6]
        main = Conv(input) weight: main.weight bias: main.bias [8, 6, 6]
        around = Conv(input, main) weight: around.weight bias: around.bias then: Add [8, 6, 6]
        -> add=around
        """);
  }

  @Test
  void anEarlierConvMovesBehindWhatItAdds() {
    int conv = graph.conv("conv1", 0, 4, WINDOW);
    int relu = graph.relu("relu", 0);
    assertBecomes(
        new FuseResidual(),
        graph.add("add", new Op.Add(), conv, relu),
        """
        input = Input() [4, 6, 6]
        relu = Activate(input) [4, 6, 6]
        conv1 = Conv(input, relu) weight: conv1.weight bias: conv1.bias then: Add [4, 6, 6]
        -> add=conv1
        """);
  }

  @Test
  void aSecondAdditionRemains() {
    int conv = graph.conv("conv1", 0, 4, WINDOW);
    int first = graph.add("first", new Op.Add(), conv, 0);
    int second = graph.add("second", new Op.Add(), first, 0);
    assertThat(refusals(new FuseResidual(), second))
        .containsExactly("second: the epilogue of conv1 comes in between, input is no conv or fc");
  }

  @Test
  void refusesMoreThanTwoValues() {
    int conv = graph.conv("conv1", 0, 4, WINDOW);
    int add = graph.add("add", new Op.Add(), conv, 0, 0);
    assertThat(refusals(new FuseResidual(), add)).containsExactly("add: it adds 3 values, not two");
    assertKeeps(new FuseResidual(), graph.build(add));
  }

  @Test
  void refusesAConvAddedToItself() {
    int conv = graph.conv("conv1", 0, 4, WINDOW);
    int add = graph.add("add", new Op.Add(), conv, conv);
    assertThat(refusals(new FuseResidual(), add)).containsExactly("add: conv1 has 2 readers");
    assertKeeps(new FuseResidual(), graph.build(add));
  }

  @Test
  void refusesOutputsAndOtherLayers() {
    int conv = graph.conv("conv1", 0, 4, WINDOW);
    int relu = graph.relu("relu", 0);
    int add = graph.add("add", new Op.Add(), conv, relu);
    assertThat(refusals(new FuseResidual(), add, conv))
        .containsExactly("add: relu is no conv or fc, conv1 is an output");
  }
}
