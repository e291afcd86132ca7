package dev.cnnc.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.testing.KernelGraphs;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That what an activation says of itself is true. */
class ActivationTest {

  private static final List<Activation> IDENTITIES =
      List.of(
          new Activation.Identity(),
          new Activation.LeakyRelu(1),
          new Activation.Clip(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
          new Activation.Linear(1, 0),
          new Activation.Power(1));

  /** Those of one word are told apart by their numbers. */
  private static final List<Activation> ALL =
      Stream.concat(IDENTITIES.stream(), KernelGraphs.activations().stream()).toList();

  @Test
  void noneIsLeftOutWhereKernelsAreCompared() {
    assertThat(ALL)
        .extracting(Object::getClass)
        .containsAll(List.of(Activation.class.getPermittedSubclasses()));
    assertThat(ALL).contains(Elementary.values());
  }

  @Test
  void anIdentityChangesNothing() {
    assertThat(ALL)
        .allSatisfy(
            function ->
                assertThat(function.description().identity())
                    .as(function.toString())
                    .isEqualTo(
                        DoubleStream.of(-7.5, -1, -0.25, 0.125, 3, 20)
                            .allMatch(x -> function.of(x, new DoubleArithmetic()) == x)));
  }

  @Test
  void namesAreDifferent() {
    assertThat(ALL).extracting(function -> function.description().name()).doesNotHaveDuplicates();
  }
}
