package dev.cnnc.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.GraphText;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pass may change a graph in any way that nobody can see in its outputs. */
class SameNumbersTest {

  private static final int GRAPHS = 400;
  private static final TensorSource WEIGHTS = new Synthetic();

  static List<Pass> passes() {
    return Passes.all();
  }

  @ParameterizedTest
  @MethodSource("passes")
  void aPassChangesNoNumber(Pass pass) {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph before = RandomGraphs.of(seed);
      assertSame(seed, before, Passes.run(List.of(pass), before).getLast().graph());
    }
  }

  @Test
  void allPassesChangeNoNumber() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph before = RandomGraphs.of(seed);
      assertSame(seed, before, Passes.run(before).getLast().graph());
    }
  }

  @Test
  void noOrderOfPassesChangesANumber() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      List<Pass> shuffled = new ArrayList<>(Passes.all());
      shuffled.addAll(Passes.all());
      Collections.shuffle(shuffled, new Random(seed));
      Graph before = RandomGraphs.of(seed);
      assertSame(seed, before, Passes.run(shuffled, before).getLast().graph());
    }
  }

  @Test
  void ofGraphsOfSeveralInputs() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph before = RandomGraphs.ofSeveralInputs(seed);
      assertSame(seed, before, Passes.run(before).getLast().graph());
    }
  }

  @Test
  void aSecondRoundFindsNothingToDo() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph once = Passes.run(RandomGraphs.of(seed)).getLast().graph();
      assertThat(Passes.run(once).getLast().graph()).as("seed " + seed).isEqualTo(once);
    }
  }

  @Test
  void randomGraphsGiveEachPassMuchToDo() {
    for (Pass pass : Passes.all()) {
      int changed = 0;
      for (long seed = 0; seed < GRAPHS; seed++) {
        Graph before = RandomGraphs.of(seed);
        changed += pass.apply(before, new Refusals()).equals(before) ? 0 : 1;
      }
      assertThat(changed).as(pass.name()).isGreaterThan(GRAPHS / 10);
    }
  }

  private static void assertSame(long seed, Graph before, Graph after) {
    List<float[]> pictures =
        before.inputs().stream()
            .map(input -> WEIGHTS.tensor("input", List.of(input.shape().size())))
            .toList();
    Map<String, double[]> expected = Reference.run(before, WEIGHTS, pictures);
    Map<String, double[]> actual = Reference.run(after, WEIGHTS, pictures);
    String graphs = "seed %d\n%s\n\n%s".formatted(seed, GraphText.of(before), GraphText.of(after));
    assertThat(new ArrayList<>(actual.keySet()))
        .as(graphs)
        .isEqualTo(new ArrayList<>(expected.keySet()));
    expected.forEach(
        (name, values) -> {
          double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
          assertThat(actual.get(name))
              .as(name + " of " + graphs)
              .containsExactly(values, within(1e-9 * largest));
        });
  }
}
