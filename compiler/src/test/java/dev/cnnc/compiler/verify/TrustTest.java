package dev.cnnc.compiler.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** That no fault hides: behind large numbers, near zero, or behind steps. */
class TrustTest {
  private static final TensorSource SOURCE = new Synthetic();
  private static final double STEP = 0.25;
  private static final float SLIGHTLY = 0.01f;

  /** What the class computes for one input, and the reference with the same tensors. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Run(Graph graph, TensorSource source, float[] input, Trace trace) {

    private static Run of(Graph graph, TensorSource source) {
      CompiledGraph compiled = CompiledGraph.of(graph);
      try (CompiledNetwork network = compiled.load(source, Threads.caller())) {
        float[] input = Results.picture(network, "input");
        List<Watched> watched = Watched.of(graph, compiled.backend().plan());
        return new Run(graph, source, input, Trace.of(watched, network, List.of(input)));
      }
    }

    /** The same with other numbers in the output, and in the layer that it comes from. */
    private Verdict with(Consumer<float[]> change) {
      Map<Integer, float[]> values = new HashMap<>(trace.values());
      int node = graph.outputs().getFirst().node();
      float[] changed = values.get(node).clone();
      change.accept(changed);
      values.put(node, changed);
      return verdict(new Trace(trace.watched(), values, List.of(changed)), PeerValues.NONE);
    }

    private Verdict verdict(Trace other, PeerValues peers) {
      return new Comparison(
              CompiledGraph.improved(graph).with(graph), source, List.of(input), _ -> {})
          .of(other, peers);
    }

    private Verdict peer(Consumer<float[]> change, double rounding) {
      float[] theirs = trace.outputs().getFirst().clone();
      change.accept(theirs);
      return verdict(trace, new PeerValues(Map.of(), List.of(theirs), rounding));
    }
  }

  private static Optional<String> wrong(Verdict verdict) {
    return verdict.firstWrong().map(Verdict.Layer::name);
  }

  /** Tensors whose last elements, behind so many quarters, are multiplied by {@code factor}. */
  private static TensorSource scaled(int quarters, float factor) {
    return (name, shape) -> {
      float[] elements = SOURCE.tensor(name, shape);
      for (int at = quarters * elements.length / 4; at < elements.length; at++) {
        elements[at] *= factor;
      }
      return elements;
    };
  }

  /** Its outputs are zeros to the bit, whatever the filters beside it make. */
  @Test
  void aFilterOfZerosIsHeldToZeros() {
    GraphBuilder builder = new GraphBuilder(256, 28, 28);
    Graph graph = builder.build(builder.conv("conv", 0, 256, Window.of(1, 1), 1, false));
    Run run = Run.of(graph, scaled(2, 0));
    Verdict verdict = run.with(_ -> {});
    assertThat(wrong(verdict)).isEmpty();
    assertThat(verdict.layers().getLast().worst().absolute()).isPositive();
    assertThat(wrong(run.with(numbers -> numbers[numbers.length - 1] = 1e-30f))).contains("conv");
  }

  /** The last channel has numbers of a millionth of the others. */
  @Test
  void aChannelOfSmallNumbersHasALimitOfItsOwn() {
    GraphBuilder builder = new GraphBuilder(3, 9, 9);
    Graph graph = builder.build(builder.conv("conv", 0, 4, Window.of(3, 3), 1, false));
    Run run = Run.of(graph, scaled(3, 1e-6f));
    assertThat(run.with(_ -> {}).agrees()).isTrue();
    int last = run.trace().outputs().getFirst().length - 1;
    assertThat(wrong(run.with(values -> values[last] += SLIGHTLY * 1e-6f))).contains("conv");
    assertThat(wrong(run.with(values -> values[last] = 0))).contains("conv");
  }

  /** Ten million times the input, whose errors shrink again. */
  @Test
  void largeNumbersInsideALayerHideNothing() {
    GraphBuilder builder = new GraphBuilder(2, 6, 6);
    int large = builder.activate("large", new Activation.Linear(1e7, 0), 0);
    int conv = builder.conv("conv", large, 3, Window.of(3, 3), 1, false);
    Run run =
        Run.of(
            builder.build(builder.activate("small", new Activation.Linear(1e-7, 0), conv)), SOURCE);
    assertThat(run.with(_ -> {}).agrees()).isTrue();
    assertThat(wrong(run.with(values -> values[7] += SLIGHTLY))).isPresent();
  }

  @Test
  void aSigmoidNearZeroIsHeldToItsOwnSize() {
    GraphBuilder builder = new GraphBuilder(1, 4, 4);
    int low = builder.activate("low", new Activation.Linear(1, -40), 0);
    Run run = Run.of(builder.build(builder.activate("s", new Activation.Sigmoid(), low)), SOURCE);
    assertThat(run.with(_ -> {}).firstWrong()).isEmpty();
    assertThat(wrong(run.with(values -> values[3] = 0))).contains("s");
  }

  /** Floats of so few places are off by much of themselves. */
  @Test
  void denormalNumbersAreNoFault() {
    GraphBuilder builder = new GraphBuilder(2, 6, 6);
    int tiny = builder.activate("tiny", new Activation.Linear(1e-38, 0), 0);
    int conv = builder.conv("conv", builder.relu("relu", tiny), 3, Window.of(3, 3), 1, false);
    int tinier = builder.activate("tinier", new Activation.Linear(1e-3, 0), conv);
    Run run = Run.of(builder.build(builder.relu("last", tinier)), SOURCE);
    assertThat(run.with(_ -> {}).firstWrong()).isEmpty();
  }

  /**
   * Pixels between 3000 and 3000.0001: what is left of them beside their mean is rounding. The last
   * pixel has other numbers, whose faults are seen.
   */
  @Test
  void aNormOfEqualNumbersEnlargesRoundings() {
    GraphBuilder builder = new GraphBuilder(7, 1, 5);
    int near = builder.activate("near", new Activation.Linear(1e-4, 3000.1), 0);
    int far = builder.activate("far", new Activation.Linear(1, 1), 0);
    int first = builder.add("first", new Op.Crop(0, 0, 1, 4), near);
    int last = builder.add("last", new Op.Crop(0, 4, 1, 1), far);
    int tokens = builder.add("tokens", new Op.Tokens(), first, last);
    Run run = Run.of(builder.build(builder.layerNorm("norm", tokens)), SOURCE);
    Verdict verdict = run.with(_ -> {});
    assertThat(verdict.firstWrong()).isEmpty();
    assertThat(run.with(values -> values[1] += SLIGHTLY).firstWrong()).isEmpty();
    assertThat(wrong(run.with(values -> values[4] += SLIGHTLY))).contains("norm");
  }

  private static Run quantised() {
    GraphBuilder builder = new GraphBuilder(3, 22, 22);
    int conv = builder.conv("conv", 0, 4, Window.of(3, 3), 1, false);
    return Run.of(
        builder.build(
            builder.activate("q", new Activation.Quantize(STEP, 0, -128, 127, true), conv)),
        SOURCE);
  }

  /** The class may round some sums to another step, but not all. */
  @Test
  void aStepOfEachNumberIsAFault() {
    Run run = quantised();
    assertThat(run.with(_ -> {}).agrees()).isTrue();
    assertThat(run.with(values -> values[5] += (float) STEP).firstWrong()).isEmpty();
    assertThat(wrong(run.with(values -> values[5] += 3 * (float) STEP))).isPresent();
    Verdict all =
        run.with(
            values -> {
              for (int at = 0; at < values.length; at++) {
                values[at] += (float) STEP;
              }
            });
    assertThat(wrong(all)).isPresent();
  }

  /** 1,600 numbers: one may be off by more than a step. */
  @Test
  void anotherEngineMayRoundToAnotherStep() {
    Run run = quantised();
    assertThat(run.trace().outputs().getFirst()).hasSize(1600);
    Verdict one = run.peer(values -> values[5] += (float) STEP, 0);
    assertThat(one.agrees()).isTrue();
    Steps steps = one.outputs().getFirst().peer().orElseThrow().steps();
    assertThat(steps.others()).isEqualTo(1);
    assertThat(steps.beyond()).isZero();
    assertThat(run.peer(values -> values[5] += 2 * (float) STEP, 0).agrees()).isTrue();
    Verdict two =
        run.peer(
            values -> {
              values[5] += 2 * (float) STEP;
              values[6] += 2 * (float) STEP;
            },
            0);
    assertThat(two.othersOfPeer()).hasSize(1);
    assertThat(two.onlyPeerDiffers()).isTrue();
  }

  /** The class may transform sums, and errs by more than them; another engine does not. */
  @Test
  void anotherEngineIsHeldToPlainSums() {
    GraphBuilder builder = new GraphBuilder(16, 20, 20);
    int last = 0;
    for (int layer = 0; layer < 5; layer++) {
      last = builder.conv("conv" + layer, last, 32, Window.of(3, 3));
    }
    Run run = Run.of(builder.build(last), SOURCE);
    assertThat(run.peer(_ -> {}, 0).agrees()).isTrue();
    Verdict verdict =
        run.peer(
            values -> {
              int largest = 0;
              for (int at = 0; at < values.length; at++) {
                largest = Math.abs(values[at]) > Math.abs(values[largest]) ? at : largest;
              }
              values[largest] *= 1 + 1.2e-4f;
            },
            0);
    assertThat(verdict.othersOfPeer()).hasSize(1);
  }

  @Test
  void aModelOfSixteenBitsIsComparedAsThese() {
    GraphBuilder builder = new GraphBuilder(3, 8, 8);
    Run run =
        Run.of(builder.build(builder.relu("r", builder.conv("c", 0, 4, Window.of(3, 3)))), SOURCE);
    Consumer<float[]> halves =
        values -> {
          for (int at = 0; at < values.length; at++) {
            values[at] = Float.float16ToFloat(Float.floatToFloat16(values[at]));
          }
        };
    assertThat(run.peer(halves, 0).agrees()).isFalse();
    assertThat(run.peer(halves, 0x1p-11).agrees()).isTrue();
    assertThat(run.peer(values -> values[0] += SLIGHTLY, 0x1p-11).agrees()).isFalse();
  }

  @Test
  void outputsWithoutAFiniteNumberAgreeWithNothing() {
    GraphBuilder builder = new GraphBuilder(1, 4, 4);
    int low = builder.activate("low", new Activation.Linear(1, -40), 0);
    Run run =
        Run.of(builder.build(builder.activate("root", Activation.Elementary.SQRT, low)), SOURCE);
    Verdict verdict = run.with(_ -> {});
    assertThat(verdict.firstWrong()).isEmpty();
    assertThat(verdict.empty()).hasSize(1);
    assertThat(verdict.agrees()).isFalse();
  }

  @Test
  void ofAnOutputItIsToldWhetherItSaysMuch() {
    assertThat(Numbers.of(new double[] {0, -0.0, 0})).isEqualTo(new Numbers(3, 3, true));
    assertThat(Numbers.of(new double[] {1, Double.NaN, 1e39})).isEqualTo(new Numbers(3, 1, false));
    assertThat(Numbers.of(new double[] {7})).isEqualTo(new Numbers(1, 1, false));
  }

  /** The class is 4 % off and the other engine 40 %, which ten times the first would allow. */
  @Test
  void anotherEngineFarAwayIsNoAgreement() {
    Verdict.Peer far = new Verdict.Peer(new Difference(0.4, 1e6, 1), 0.45, Steps.NONE);
    Verdict scattered = verdict(0.04, Optional.of(far));
    assertThat(scattered.othersOfPeer()).isEmpty();
    assertThat(scattered.scattered()).hasSize(1);
    assertThat(scattered.agrees()).isFalse();
    assertThat(scattered.onlyPeerDiffers()).isFalse();
    Verdict amplified = verdict(0.04, Optional.empty());
    assertThat(amplified.agrees()).isTrue();
    assertThat(amplified.amplified()).hasSize(1);
    assertThat(verdict(1e-4, Optional.empty()).amplified()).isEmpty();
  }

  private static Verdict verdict(double off, Optional<Verdict.Peer> peer) {
    return new Verdict(
        List.of(),
        List.of(
            new Verdict.Output(
                "y",
                new Shape(1, 1, 2),
                true,
                new Difference(off, 1e6, 1),
                Steps.NONE,
                new Numbers(2, 2, false),
                peer)));
  }
}
