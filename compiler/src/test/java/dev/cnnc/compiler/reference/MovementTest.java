package dev.cnnc.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.runtime.weights.Synthetic;
import org.junit.jupiter.api.Test;

class MovementTest extends OpTest {

  @Test
  void concatJoinsInTheOrderOfTheInputs() {
    GraphBuilder graph = new GraphBuilder(2, 1, 2);
    int slice = graph.add("slice", new Op.Slice(1, 2), 0);
    graph.add("cat", new Op.Concat(), slice, 0);
    assertThat(run(graph, 1, 2, 3, 4)).containsExactly(3, 4, 1, 2, 3, 4);
  }

  @Test
  void flattenAndDropoutChangeNothing() {
    assertThat(run(new Op.Flatten(), 2, 1, 2, 1, 2, 3, 4)).containsExactly(1, 2, 3, 4);
    assertThat(run(new Op.Dropout(), 2, 1, 2, 1, 2, 3, 4)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void padPutsZerosAroundChannelsAndPixels() {
    assertThat(run(new Op.Pad(1, 0, new Padding(0, 1, 1, 0)), 1, 1, 2, 5, 6))
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 5, 6, 0, 0, 0);
  }

  @Test
  void upsampleRepeatsRowsAndColumns() {
    assertThat(run(new Op.Upsample(2, 3), 1, 1, 2, 5, 6))
        .containsExactly(5, 5, 5, 6, 6, 6, 5, 5, 5, 6, 6, 6);
  }

  @Test
  void shuffleDealsChannelsOut() {
    assertThat(run(new Op.Shuffle(2), 6, 1, 1, 1, 2, 3, 4, 5, 6)).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(run(new Op.Shuffle(3), 6, 1, 1, 1, 2, 3, 4, 5, 6)).containsExactly(1, 3, 5, 2, 4, 6);
    assertThat(run(new Op.Shuffle(2), 4, 1, 2, 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(1, 2, 5, 6, 3, 4, 7, 8);
  }

  @Test
  void cropTakesRowsAndColumnsOfEveryChannel() {
    assertThat(run(new Op.Crop(1, 0, 1, 2), 2, 2, 3, counting(12))).containsExactly(4, 5, 10, 11);
  }

  @Test
  void tokensAreThePixelsOfOneInputAfterTheOther() {
    assertThat(run(new Op.Tokens(), 2, 2, 2, counting(8))).containsExactly(counting(8));
    GraphBuilder graph = new GraphBuilder(2, 2, 2);
    int start = graph.learnedTokens("start", 2, 1);
    graph.add("tokens", new Op.Tokens(), start, 0);
    weights("start", -1, -2);
    assertThat(run(graph, counting(8))).containsExactly(-1, 1, 2, 3, 4, -2, 5, 6, 7, 8);
  }

  @Test
  void learnedTokensAreStoredOneAfterTheOther() {
    GraphBuilder graph = new GraphBuilder(1, 1, 1);
    graph.learnedTokens("learned", 2, 3);
    weights("learned", 1, 2, 3, 4, 5, 6);
    assertThat(run(graph, 0)).containsExactly(1, 3, 5, 2, 4, 6);
  }

  @Test
  void aLearnedTensorIsAValue() {
    GraphBuilder graph = new GraphBuilder(2, 1, 2);
    graph.learned("learned", 1, 2, 2);
    weights("learned", 1, 2, 3, 4);
    assertThat(run(graph, 0, 0, 0, 0)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void everyNodeCanBeSeen() {
    GraphBuilder builder = new GraphBuilder(1, 1, 2);
    int relu = builder.relu("relu", 0);
    Graph graph = builder.build(builder.add("sum", new Op.Add(), relu, 0));
    assertThat(Reference.values(graph, new Synthetic(), new float[] {-1, 2}))
        .containsExactly(new double[] {-1, 2}, new double[] {0, 2}, new double[] {-1, 4});
  }

  @Test
  void aPictureOfAnotherSizeIsRefused() {
    Graph graph = new GraphBuilder(1, 2, 2).build(0);
    assertThatThrownBy(() -> Reference.run(graph, new Synthetic(), new float[3]))
        .hasMessage("the input has 3 elements, but net takes [1, 2, 2]");
  }
}
