package dev.cnnc.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RemoveNothingsTest extends PassTest {

  private static final Op.Pool SMALLEST_POOL =
      new Op.Pool(Op.Reduction.AVERAGE, Window.of(1, 1), true, true);

  static List<Op> nothings() {
    return List.of(
        new Op.Dropout(),
        new Op.Activate(new Activation.Identity()),
        new Op.Activate(new Activation.LeakyRelu(1)),
        new Op.Activate(new Activation.Clip(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)),
        SMALLEST_POOL,
        new Op.Slice(0, 4),
        new Op.Pad(0, 0, Padding.NONE),
        new Op.Upsample(1, 1),
        new Op.Scale(filled(1), filled(0)));
  }

  static List<Op> somethings() {
    return List.of(
        new Op.Activate(new Activation.Relu()),
        new Op.Activate(new Activation.LeakyRelu(0.5)),
        new Op.Activate(new Activation.Clip(Double.NEGATIVE_INFINITY, 0)),
        new Op.GlobalPool(Op.Reduction.MAX),
        new Op.Pool(Op.Reduction.MAX, Window.of(2, 1), false, false),
        new Op.Pool(Op.Reduction.MAX, new Window(1, 1, 2, 1, 1, 1, Padding.NONE), false, false),
        new Op.Flatten(),
        new Op.Slice(0, 3),
        new Op.Slice(1, 4),
        new Op.Pad(0, 1, Padding.NONE),
        new Op.Pad(0, 0, new Padding(0, 0, 1, 0)),
        new Op.Upsample(1, 2),
        new Op.Scale(filled(1), filled(1)),
        new Op.Scale(filled(0), filled(0)));
  }

  private static Recipe filled(double value) {
    return new Recipe.Filled(value, List.of(4));
  }

  @ParameterizedTest
  @MethodSource("nothings")
  void vanishes(Op op) {
    int relu = graph.relu("relu", graph.add("nothing", op, 0));
    assertBecomes(
        new RemoveNothings(),
        relu,
        """
        input = Input() [4, 6, 6]
        relu = Activate(input) [4, 6, 6]
        -> relu=relu
        """);
  }

  @ParameterizedTest
  @MethodSource("somethings")
  void stays(Op op) {
    assertKeeps(new RemoveNothings(), graph.build(graph.add("something", op, 0)));
  }

  @Test
  void anOutputKeepsItsNameWhenItsLayerVanishes() {
    int drop = graph.add("drop", new Op.Dropout(), graph.relu("relu", 0));
    assertBecomes(
        new RemoveNothings(),
        drop,
        """
        input = Input() [4, 6, 6]
        relu = Activate(input) [4, 6, 6]
        -> drop=relu
        """);
  }

  @Test
  void poolingAndFlatteningOnePixelVanish() {
    int pooled = graph.add("gap", new Op.GlobalPool(Op.Reduction.AVERAGE), 0);
    int again = graph.add("again", new Op.GlobalPool(Op.Reduction.MAX), pooled);
    assertBecomes(
        new RemoveNothings(),
        graph.add("flat", new Op.Flatten(), again),
        """
        input = Input() [4, 6, 6]
        gap = GlobalPool(input) [4]
        -> flat=gap
        """);
  }

  @Test
  void anFcFlattensByItself() {
    int flat = graph.add("flat", new Op.Flatten(), 0);
    int relu = graph.relu("relu", graph.add("drop", new Op.Dropout(), flat));
    int fc = graph.fc("fc1", relu, 5);
    assertBecomes(
        new RemoveNothings(),
        fc,
        """
        input = Input() [4, 6, 6]
        relu = Activate(input) [4, 6, 6]
        fc1 = Fc(relu) weight: fc1.weight bias: fc1.bias [5]
        -> fc1=fc1
        """);
  }

  @Test
  void aFlattenStaysWhereOthersReadTheVector() {
    int flat = graph.add("flat", new Op.Flatten(), 0);
    int fc = graph.fc("fc1", flat, 5);
    int softmax = graph.add("softmax", new Op.Softmax(false), graph.relu("relu", flat));
    assertThat(refusals(new RemoveNothings(), fc, softmax))
        .containsExactly("flat: softmax reads it and is no fc");
    assertThat(refusals(new RemoveNothings(), fc, flat)).containsExactly("flat: it is an output");
    assertThat(refusals(new RemoveNothings(), fc)).isEmpty();
  }

  @Test
  void aFlattenAddedToAnFcStays() {
    int flat = graph.add("flat", new Op.Flatten(), 0);
    int sum = graph.add("sum", new Op.Add(), graph.fc("fc1", flat, 4 * 6 * 6), flat);
    int fused = graph.fc("fc2", sum, 3);
    assertThat(refusals(new RemoveNothings(), fused))
        .containsExactly("flat: sum reads it and is no fc");
  }

  @Test
  void learnedTensorsAreAddedOnce() {
    int sum =
        graph.add("sum", new Op.Add(), graph.learned("a", 4, 6, 6), graph.learned("b", 4, 6, 6));
    assertBecomes(
        new RemoveNothings(),
        graph.add("all", new Op.Add(), sum, 0),
        """
        input = Input() [4, 6, 6]
        sum = Learned() (a + b) [4, 6, 6]
        all = Add(sum, input) [4, 6, 6]
        -> all=all
        """);
  }

  @Test
  void theDeadVanishButTheInputStays() {
    graph.conv("dead", graph.relu("deadToo", 0), 4, Window.of(1, 1));
    assertBecomes(
        new RemoveNothings(),
        graph.relu("relu", graph.learned("a", 4, 1, 1)),
        """
        input = Input() [4, 6, 6]
        a = Learned() a [4]
        relu = Activate(a) [4]
        -> relu=relu
        """);
  }
}
