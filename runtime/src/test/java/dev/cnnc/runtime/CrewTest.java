package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every unit once, whoever computes it and whoever comes late. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CrewTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 9})
  void computesEveryUnitOnceHoweverItsThreadsAreHeldUp(int threads) {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    try (OneStep network = new OneStep(threads)) {
      for (int round = 0; round < 5_000; round++) {
        int units = random.nextInt(1, 40);
        int portion = random.nextInt(1, 8);
        int slow = random.nextInt(10 * units);
        // Of this round alone: a late worker would count where nobody expects it, or not at all.
        AtomicIntegerArray done = new AtomicIntegerArray(units);
        network.compute(
            units,
            portion,
            (from, to, worker) -> {
              for (int unit = from; unit < to; unit++) {
                done.incrementAndGet(unit);
                if (unit == slow) {
                  LockSupport.parkNanos(30_000);
                }
              }
            });
        assertThat(done.toString())
            .as("seed %d, round %d, portions of %d", seed, round, portion)
            .isEqualTo(Arrays.toString(ones(units)));
      }
    }
  }

  /** More units than a share can count one by one. */
  @ParameterizedTest
  @ValueSource(ints = {65_534, 65_535, 65_536, 65_537, 131_071, 1_000_003})
  void countsManyUnits(int units) {
    try (OneStep network = new OneStep(3)) {
      AtomicIntegerArray done = new AtomicIntegerArray(units);
      network.compute(
          units,
          7,
          (from, to, worker) -> {
            for (int unit = from; unit < to; unit++) {
              done.incrementAndGet(unit);
            }
          });
      assertThat(done.toString()).isEqualTo(Arrays.toString(ones(units)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void sharesWithAllThreads(int threads) {
    Set<Integer> workers = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(threads);
    try (OneStep network = new OneStep(threads)) {
      network.compute(
          8,
          1,
          (from, to, worker) -> {
            workers.add(worker);
            all.countDown();
            await(all);
          });
    }
    assertThat(workers).hasSize(threads);
  }

  @Test
  void leavesToTheCallerWhatIsNotWorthSharing() {
    Set<Integer> workers = ConcurrentHashMap.newKeySet();
    try (OneStep network = new OneStep(4)) {
      for (int round = 0; round < 1_000; round++) {
        network.compute(5, 5, (from, to, worker) -> workers.add(worker));
      }
    }
    assertThat(workers).containsExactly(0);
  }

  /** One of two threads is held up in its first units until the other has done all the rest. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void finishesForAThreadThatIsHeldUp(int held) {
    try (OneStep network = new OneStep(2)) {
      for (int round = 0; round < 200; round++) {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch others = new CountDownLatch(14);
        network.compute(
            16,
            2,
            (from, to, worker) -> {
              both.countDown();
              await(both);
              if (worker == held) {
                // Half of its own share, unless the other was faster: then a part of what was left.
                assertThat(to - from).isBetween(2, 4);
                for (int unit = from; unit < to - 2; unit++) {
                  others.countDown();
                }
                await(others);
              } else {
                for (int unit = from; unit < to; unit++) {
                  others.countDown();
                }
              }
            });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void handsOnWhatIsThrownFromUnitsOfAnother(int thrower) {
    try (OneStep network = new OneStep(2)) {
      for (int round = 0; round < 200; round++) {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch thrown = new CountDownLatch(1);
        assertThatThrownBy(
                () ->
                    network.compute(
                        16,
                        1,
                        (from, to, worker) -> {
                          both.countDown();
                          await(both);
                          if (worker != thrower) {
                            await(thrown);
                          } else if (from < 8 == (thrower == 1)) {
                            thrown.countDown();
                            throw new ArithmeticException("at " + from);
                          }
                        }))
            .isInstanceOf(ArithmeticException.class)
            .hasNoSuppressedExceptions();
        network.compute(3, 1, (from, to, worker) -> {});
      }
    }
  }

  @Test
  void keepsNoNetworkAliveWhileItWaits() throws InterruptedException {
    WeakReference<OneStep> network = new WeakReference<>(used());
    while (network.get() != null) {
      System.gc();
      Thread.sleep(1);
    }
  }

  private static OneStep used() {
    OneStep network = new OneStep(2);
    network.compute(8, 1, (from, to, worker) -> {});
    return network;
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
