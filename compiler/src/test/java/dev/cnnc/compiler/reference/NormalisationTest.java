package dev.cnnc.compiler.reference;

import static dev.cnnc.compiler.testing.GraphBuilder.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.testing.GraphBuilder;
import org.junit.jupiter.api.Test;

class NormalisationTest extends OpTest {

  @Test
  void batchNormIsByChannel() {
    GraphBuilder graph = new GraphBuilder(2, 1, 2);
    graph.batchNorm("bn", 0);
    weights("bn.weight", 2, 1);
    weights("bn.bias", 0.5, -1);
    weights("bn.running_mean", 1, 2);
    weights("bn.running_var", 4, 0.25);
    double first = 2 / Math.sqrt(4 + 1e-5);
    double second = 1 / Math.sqrt(0.25 + 1e-5);
    assertThat(run(graph, 1, 3, 2, 4))
        .containsExactly(new double[] {0.5, 2 * first + 0.5, -1, 2 * second - 1}, EXACTLY);
  }

  @Test
  void layerNormIsByPixel() {
    GraphBuilder graph = new GraphBuilder(2, 1, 2);
    graph.add("ln", new Op.LayerNorm(stored("ln.weight", 2), stored("ln.bias", 2), 0.25), 0);
    weights("ln.weight", 2, 1);
    weights("ln.bias", 0.5, -1);
    double first = 1 / Math.sqrt(1 + 0.25);
    double second = 3 / Math.sqrt(9 + 0.25);
    assertThat(run(graph, 1, 2, 3, 8))
        .containsExactly(
            new double[] {0.5 - 2 * first, 0.5 - 2 * second, first - 1, second - 1}, EXACTLY);
  }

  @Test
  void softmaxIsOverChannelsAndDoesNotOverflow() {
    assertThat(run(new Op.Softmax(false), 2, 1, 2, 1000, 0, 1000, Math.log(3)))
        .containsExactly(new double[] {0.5, 0.25, 0.5, 0.75}, within(1e-7));
    assertThat(run(new Op.Softmax(true), 2, 1, 1, -1000, 1000)).containsExactly(-2000, 0);
  }

  @Test
  void localResponseDividesTheSumBySizeEvenAtTheEnds() {
    Op norm = new Op.LocalResponseNorm(3, 3, 0.5, 2);
    assertThat(run(norm, 3, 1, 1, 1, 2, 3))
        .containsExactly(
            new double[] {1 / Math.sqrt(2 + 5), 2 / Math.sqrt(2 + 14), 3 / Math.sqrt(2 + 13)},
            EXACTLY);
  }

  @Test
  void localResponseOfAnEvenSizeLooksBackFirst() {
    Op norm = new Op.LocalResponseNorm(2, 2, 1, 0);
    assertThat(run(norm, 3, 1, 1, 1, 2, 3))
        .containsExactly(new double[] {1, 2 / 5.0, 3 / 13.0}, EXACTLY);
  }
}
