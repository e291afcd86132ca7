package dev.cnnc.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.testing.GraphBuilder;
import org.junit.jupiter.api.Test;

class PointwiseTest extends OpTest {

  private void assertActivates(Activation function, double... expected) {
    assertThat(run(new Op.Activate(function), 5, 1, 1, -8, -1, 0, 1, 8))
        .as(function.toString())
        .containsExactly(expected, EXACTLY);
  }

  @Test
  void activationsAreThoseOfPyTorch() {
    assertActivates(new Activation.Identity(), -8, -1, 0, 1, 8);
    assertActivates(new Activation.Relu(), 0, 0, 0, 1, 8);
    assertActivates(new Activation.Relu6(), 0, 0, 0, 1, 6);
    assertActivates(new Activation.LeakyRelu(0.25), -2, -0.25, 0, 1, 8);
    assertActivates(new Activation.Clip(-2, 0.5), -2, -1, 0, 0.5, 0.5);
    assertActivates(new Activation.Hardsigmoid(), 0, 1 / 3.0, 0.5, 2 / 3.0, 1);
    assertActivates(new Activation.Hardswish(), 0, -1 / 3.0, 0, 2 / 3.0, 8);
  }

  @Test
  void smoothActivationsFollowTheirFormulas() {
    double e = Math.E;
    double e8 = Math.exp(8);
    assertActivates(
        new Activation.Sigmoid(), 1 / (1 + e8), 1 / (1 + e), 0.5, e / (1 + e), e8 / (1 + e8));
    assertActivates(
        new Activation.Silu(), -8 / (1 + e8), -1 / (1 + e), 0, e / (1 + e), 8 * e8 / (1 + e8));
    assertActivates(
        new Activation.Tanh(),
        -0.9999997749296758,
        -0.7615941559557649,
        0,
        0.7615941559557649,
        0.9999997749296758);
    assertActivates(new Activation.Elu(2), 2 * (1 / e8 - 1), 2 * (1 / e - 1), 0, 1, 8);
    assertActivates(
        new Activation.Gelu(), -4.976884e-15, -0.15865525393145705, 0, 0.8413447460685429, 8);
  }

  @Test
  void preluHasOneSlopeOrOneAChannel() {
    GraphBuilder graph = new GraphBuilder(2, 1, 2);
    graph.add("prelu", new Op.Prelu(GraphBuilder.stored("slope", 2)), 0);
    weights("slope", 0.5, -2);
    assertThat(run(graph, -4, 4, -3, 0)).containsExactly(-2, 4, 6, 0);
    GraphBuilder single = new GraphBuilder(2, 1, 2);
    single.add("prelu", new Op.Prelu(GraphBuilder.stored("slope", 1)), 0);
    weights("slope", 0.5);
    assertThat(run(single, -4, 4, -3, 0)).containsExactly(-2, 4, -1.5, 0);
  }

  @Test
  void scaleMultipliesThenShiftsByChannel() {
    GraphBuilder graph = new GraphBuilder(2, 1, 2);
    graph.scale("scale", 0);
    weights("scale.weight", 2, 3);
    weights("scale.bias", 0.5, -1);
    assertThat(run(graph, 1, 2, 3, 4)).containsExactly(2.5, 4.5, 8, 11);
  }

  @Test
  void addAndMeanTakeAnyNumberOfValues() {
    GraphBuilder sum = new GraphBuilder(1, 1, 2);
    sum.add("sum", new Op.Add(), 0, sum.relu("relu", 0), 0);
    assertThat(run(sum, -1, 2)).containsExactly(-2, 6);
    GraphBuilder mean = new GraphBuilder(1, 1, 2);
    mean.add("mean", new Op.Mean(), 0, mean.relu("relu", 0), 0, 0);
    assertThat(run(mean, -1, 2)).containsExactly(-0.75, 2);
  }

  @Test
  void multiplyRepeatsVectorsOverPixelsOnEitherSide() {
    GraphBuilder graph = new GraphBuilder(2, 1, 2);
    int pooled = graph.add("gap", new Op.GlobalPool(Op.Reduction.MAX), 0);
    graph.add("mul", new Op.Multiply(), pooled, 0, 0);
    assertThat(run(graph, 1, 2, 3, 4)).containsExactly(2, 8, 36, 64);
  }
}
