package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a clock and a heap of its own. */
class RehearsalTest {
  private static final long PATIENCE = 1_000_000_000;

  private long now;
  private long bytes;
  private long compiled;
  private int parts;
  private int calls;

  private final Gauges gauges = new Gauges(() -> now, () -> bytes, () -> compiled);
  private final List<Integer> ready = new ArrayList<>();

  /** A part of the first step, of six units, takes a millisecond for C2, too. */
  private TinyNetwork network(int allocating, int compiling) {
    return TinyNetwork.quick(
        Threads.caller(),
        ChangeOver.of(false),
        any -> {
          now += 100_000_000;
          bytes += parts < allocating ? 16 : 0;
          compiled += parts < compiling ? 5 : 0;
          parts++;
        });
  }

  @Test
  void computesEachUnitTwiceWithoutAllocation() {
    try (TinyNetwork network = network(3, Integer.MAX_VALUE)) {
      assertThat(new Rehearsal(network, gauges, PATIENCE).run(() -> true, ready::add)).isTrue();
    }
    assertThat(ready).containsExactlyInAnyOrder(0, 1);
    // Turns of 100 ms are of one unit, the first of all excepted.
    assertThat(parts).isEqualTo(3 + 2 * TinyNetwork.HEIGHT);
  }

  /** A kernel that is not compiled takes microseconds, a call of one that is idle nothing. */
  @Test
  void computesFewOfTheCallsThatMakeTheJitCompile() {
    try (TinyNetwork network =
        TinyNetwork.quick(
                Threads.caller(),
                ChangeOver.of(false),
                any -> {
                  now += 1_000_000;
                  bytes += calls < 5000 ? 16 : 0;
                  compiled += 5;
                  calls++;
                  parts++;
                })
            .idling(() -> calls++)) {
      assertThat(new Rehearsal(network, gauges, PATIENCE).run(() -> true, ready::add)).isTrue();
    }
    assertThat(ready).containsExactlyInAnyOrder(0, 1);
    assertThat(parts).isLessThan(50);
  }

  @Test
  void givesUpWhenTheJitIsIdle() {
    try (TinyNetwork network = network(Integer.MAX_VALUE, 7)) {
      assertThat(new Rehearsal(network, gauges, PATIENCE).run(() -> true, ready::add)).isFalse();
    }
    assertThat(ready).containsExactly(1);
    assertThat(parts).isEqualTo(7 + 10);
  }

  @Test
  void endsWhenNobodyWaits() {
    try (TinyNetwork network = network(Integer.MAX_VALUE, Integer.MAX_VALUE)) {
      Rehearsal rehearsal = new Rehearsal(network, gauges, PATIENCE);
      assertThat(rehearsal.run(() -> parts < 5, ready::add)).isFalse();
    }
    assertThat(parts).isEqualTo(5);
  }
}
