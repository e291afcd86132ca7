package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels without vectors first, then those with them. */
class ChangeOverTest {
  private static final String WARMING = "tiny-warming";

  private final float[] input = new float[3 * TinyNetwork.HEIGHT * TinyNetwork.WIDTH];

  ChangeOverTest() {
    for (int index = 0; index < input.length; index++) {
      input[index] = index % 7 - 3;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void beginsWithoutVectorsAndChangesOver(int threads) throws InterruptedException {
    Set<Integer> lanes = ConcurrentHashMap.newKeySet();
    List<Integer> told = new ArrayList<>();
    try (TinyNetwork network =
        TinyNetwork.quick(
            Threads.of(threads),
            ChangeOver.of(true),
            width -> {
              if (!Thread.currentThread().getName().equals(WARMING)) {
                lanes.add(width);
              }
            })) {
      network.listen(
          new StepListener() {
            @Override
            public void step(int step, long nanoseconds, float[] arena) {}

            @Override
            public void changed(int width) {
              told.add(width);
            }
          });
      assertThat(network.run(input)).isEqualTo(TinyNetwork.result(input));
      assertThat(lanes).containsExactly(1);
      assertThat(network.lanes()).isEqualTo(1);
      until(
          () -> {
            assertThat(network.run(input)).isEqualTo(TinyNetwork.result(input));
            return network.lanes() == 16;
          });
      lanes.clear();
      assertThat(network.run(input)).isEqualTo(TinyNetwork.result(input));
      assertThat(lanes).containsExactly(16);
      assertThat(told).containsExactly(16);
    }
  }

  @Test
  void compilesOnAnInstanceOfItsOwn() throws InterruptedException {
    Set<String> vectors = ConcurrentHashMap.newKeySet();
    try (TinyNetwork network =
        TinyNetwork.quick(
            Threads.caller(),
            ChangeOver.of(true),
            lanes -> {
              if (lanes == 16) {
                vectors.add(Thread.currentThread().getName());
              }
            })) {
      network.run(input);
      until(() -> !isWarming());
      assertThat(vectors).containsExactly(WARMING);
    }
  }

  @Test
  void forksFollowTheSameWarming() throws InterruptedException {
    ChangeOver change = ChangeOver.of(true);
    try (TinyNetwork network = TinyNetwork.quick(Threads.caller(), change, any -> {});
        TinyNetwork before = network.fork()) {
      network.run(input);
      before.run(input);
      until(change::isReady);
      before.run(input);
      assertThat(before.lanes()).isEqualTo(16);
      assertThat(network.twins()).isEqualTo(1);
      try (TinyNetwork after = network.fork()) {
        assertThat(after.lanes()).isEqualTo(16);
      }
    }
  }

  @Test
  void theLastInstanceThatIsClosedEndsTheWarming() throws InterruptedException {
    List<byte[]> garbage = new ArrayList<>();
    TinyNetwork network =
        TinyNetwork.quick(
            Threads.caller(), ChangeOver.of(true), lanes -> neverReady(lanes, garbage));
    TinyNetwork fork = network.fork();
    network.run(input);
    until(ChangeOverTest::isWarming);
    network.close();
    fork.run(input);
    assertThat(isWarming()).isTrue();
    assertThat(fork.lanes()).isEqualTo(1);
    fork.close();
    until(() -> !isWarming());
  }

  private static void neverReady(int lanes, List<byte[]> garbage) {
    if (lanes == 16) {
      garbage.add(new byte[1]);
      garbage.clear();
    }
  }

  @Test
  void warmTakesVectorsAtOnce() {
    AtomicInteger without = new AtomicInteger();
    ChangeOver change = ChangeOver.of(true);
    try (TinyNetwork network =
        TinyNetwork.quick(
            Threads.caller(), change, lanes -> without.addAndGet(lanes == 1 ? 1 : 0))) {
      assertThat(network.warm(Duration.ofSeconds(60)).steady()).isTrue();
      assertThat(without).hasValue(0);
      assertThat(network.lanes()).isEqualTo(16);
      assertThat(change.isReady()).isTrue();
    }
  }

  @Test
  void steadyWaits() {
    try (TinyNetwork network =
        TinyNetwork.quick(Threads.caller(), ChangeOver.of(true), any -> {})) {
      assertThat(Start.STEADY.begin(network)).isSameAs(network);
      assertThat(network.lanes()).isEqualTo(16);
      assertThat(network.twins()).isZero();
    }
    try (TinyNetwork network =
        TinyNetwork.quick(Threads.caller(), ChangeOver.of(true), any -> {})) {
      assertThat(Start.QUICK.begin(network).lanes()).isEqualTo(1);
    }
  }

  @Test
  void takesVectorsAsTheyAreIfTheWarmingFails() throws InterruptedException {
    try (TinyNetwork network =
        TinyNetwork.quick(
            Threads.caller(),
            ChangeOver.of(true),
            any -> {
              if (Thread.currentThread().getName().equals(WARMING)) {
                throw new OutOfMemoryError("as if there were no room for a second arena");
              }
            })) {
      network.run(input);
      until(
          () -> {
            network.run(input);
            return network.lanes() == 16;
          });
      assertThat(network.run(input)).isEqualTo(TinyNetwork.result(input));
    }
  }

  @Test
  void staysWithoutVectorsWhereC2NeverComes() throws InterruptedException {
    ChangeOver change = ChangeOver.of(true);
    try (TinyNetwork network =
        TinyNetwork.quick(
            Threads.caller(), change, lanes -> neverReady(lanes, new ArrayList<>()))) {
      network.run(input);
      change.never();
      until(() -> !isWarming());
      change.ready();
      network.warm(Duration.ZERO);
      assertThat(network.lanes()).isEqualTo(1);
      assertThat(network.run(input)).isEqualTo(TinyNetwork.result(input));
    }
  }

  @Test
  void knowsTheStepsThatAreReady() {
    ChangeOver change = ChangeOver.of(true);
    change.ready(130);
    change.ready(2);
    assertThat(List.of(0, 1, 2, 66, 129, 130, 131, 1000))
        .filteredOn(change::isReady)
        .containsExactly(2, 130);
  }

  /** Where nothing compiles ahead. */
  @Test
  void startsOtherwiseWithVectors() {
    assertThat(ChangeOver.of(Start.VECTORS, 16).isReady()).isTrue();
    assertThat(ChangeOver.of(Start.STEADY, 16).isReady()).isTrue();
    assertThat(ChangeOver.of(Start.QUICK, 1).isReady()).isTrue();
  }

  private static boolean isWarming() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(WARMING));
  }

  /** Asks again and again; a test that hangs shows in the report of the build. */
  private static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(1);
    }
  }
}
