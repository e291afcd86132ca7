package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CompiledNetworkTest {
  private static final int SIZE = 3 * TinyNetwork.HEIGHT * TinyNetwork.WIDTH;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 9})
  void computesTheSameWithAnyNumberOfThreads(int threads) {
    try (TinyNetwork network = TinyNetwork.load(Threads.of(threads))) {
      for (int seed = 0; seed < 200; seed++) {
        float[] input = input(seed);
        assertThat(network.run(input))
            .as("seed %d", seed)
            .containsExactly(TinyNetwork.result(input));
      }
    }
  }

  @Test
  void givesAllOutputs() {
    try (TinyNetwork network = TinyNetwork.load(Threads.caller())) {
      float[] input = input(1);
      float[][] outputs = {new float[SIZE / 3], new float[SIZE]};
      network.run(input, outputs);
      assertThat(outputs[0]).containsExactly(TinyNetwork.result(input));
      assertThat(outputs[1]).containsExactly(TinyNetwork.sums(input));
    }
  }

  @Test
  void hasScratchForEveryWorkerAndSlack() {
    try (TinyNetwork one = TinyNetwork.load(Threads.caller());
        TinyNetwork three = TinyNetwork.load(Threads.of(3))) {
      assertThat(one.memory()).hasSize(one.signature().arena() + 7 + 16);
      assertThat(three.memory()).hasSize(three.signature().arena() + 3 * 7 + 16);
    }
  }

  @Test
  void forksShareWeightsOnly() {
    try (TinyNetwork network = TinyNetwork.load(Threads.caller());
        TinyNetwork other = network.fork()) {
      assertThat(other.weights()).isSameAs(network.weights());
      assertThat(other.memory()).isNotSameAs(network.memory());
      assertThat(other.labels()).containsExactly("a", "b");
      assertThat(other.run(input(3))).containsExactly(network.run(input(3)));
    }
  }

  @Test
  void refusesWrongLengths() {
    try (TinyNetwork network = TinyNetwork.load(Threads.caller())) {
      assertThatThrownBy(() -> network.run(new float[7]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("tiny: input is [3, 6, 5], which takes 90 floats, but 7 were given");
      assertThatThrownBy(() -> network.run(input(1), new float[31]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("tiny: output result is [1, 6, 5], which takes 30 floats, but 31 were given");
      assertThatThrownBy(() -> network.run(input(1), new float[1][30]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("tiny: 2 outputs wanted, 1 given");
      assertThatThrownBy(() -> network.run(input(1), new float[][] {new float[30], new float[1]}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("tiny: output sums is [3, 6, 5], which takes 90 floats, but 1 were given");
      assertThat(network.run(input(1))).containsExactly(TinyNetwork.result(input(1)));
    }
  }

  @Test
  void refusesASecondThreadAndStaysUsable() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    try (TinyNetwork network =
        TinyNetwork.load(
            Threads.caller(),
            any -> {
              if (first.getAndSet(false)) {
                inside.countDown();
                await(goOn);
              }
            })) {
      List<float[]> result = new ArrayList<>();
      Thread thread = new Thread(() -> result.add(network.run(input(1))));
      thread.start();
      inside.await();
      assertThatThrownBy(() -> network.run(input(2)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("tiny is running")
          .hasMessageContaining("fork()");
      assertThatThrownBy(network::close)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("tiny is running");
      goOn.countDown();
      thread.join();
      assertThat(result.getFirst()).containsExactly(TinyNetwork.result(input(1)));
      assertThat(network.run(input(2))).containsExactly(TinyNetwork.result(input(2)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void handsOnWhatAnyThreadThrowsAndStaysUsable(int thrower) {
    AtomicReference<CountDownLatch> armed = new AtomicReference<>(new CountDownLatch(0));
    try (TinyNetwork network =
        TinyNetwork.load(
            Threads.of(3),
            worker -> {
              CountDownLatch thrown = armed.get();
              if (worker == thrower && thrown.getCount() > 0) {
                thrown.countDown();
                throw new ArithmeticException("from worker " + worker);
              }
              // Nobody else finishes before.
              await(thrown);
            })) {
      for (int time = 0; time < 50; time++) {
        armed.set(new CountDownLatch(1));
        assertThatThrownBy(() -> network.run(input(5)))
            .isInstanceOf(ArithmeticException.class)
            .hasMessage("from worker " + thrower);
        assertThat(network.run(input(time))).containsExactly(TinyNetwork.result(input(time)));
      }
    }
  }

  /** Halos are zero from the start, and nothing but an aborted run can have written into one. */
  @Test
  void clearsTheArenaAfterAnAbortedRun() {
    AtomicReference<float[]> spoiled = new AtomicReference<>();
    try (TinyNetwork network =
        TinyNetwork.load(
            Threads.caller(),
            any -> {
              float[] arena = spoiled.getAndSet(null);
              if (arena != null) {
                Arrays.fill(arena, 5);
                throw new ArithmeticException();
              }
            })) {
      spoiled.set(network.memory());
      assertThatThrownBy(() -> network.run(input(1))).isInstanceOf(ArithmeticException.class);
      assertThat(network.run(input(1))).containsExactly(TinyNetwork.result(input(1)));
    }
  }

  @Test
  void keepsWhatTheOthersThrowToo() {
    CountDownLatch all = new CountDownLatch(3);
    try (TinyNetwork network =
        TinyNetwork.load(
            Threads.of(3),
            worker -> {
              all.countDown();
              await(all);
              throw new StackOverflowError("worker " + worker);
            })) {
      assertThatThrownBy(() -> network.run(input(5)))
          .isInstanceOf(StackOverflowError.class)
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
    }
  }

  @Test
  void endsItsThreadsWhenClosed() throws Exception {
    TinyNetwork network = TinyNetwork.load(Threads.of(3));
    network.run(input(1));
    List<Thread> pool = pool();
    assertThat(pool).hasSizeGreaterThanOrEqualTo(2).allMatch(Thread::isDaemon);
    network.close();
    network.close();
    for (Thread thread : pool) {
      thread.join();
      assertThat(thread.isAlive()).isFalse();
    }
    assertThatThrownBy(() -> network.run(input(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("tiny is closed: load it again");
  }

  /** After a pause the pool sleeps; it must wake up every time. */
  @Test
  void wakesASleepingPool() throws Exception {
    try (TinyNetwork network = TinyNetwork.load(Threads.of(2))) {
      for (int time = 0; time < 100; time++) {
        Thread.sleep(time % 3);
        assertThat(network.run(input(time))).containsExactly(TinyNetwork.result(input(time)));
      }
    }
  }

  /** Until the machine's compiler is done some things may be allocated; afterwards none. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void allocatesNothingOnceWarm(int threads) {
    ThreadMXBean counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (TinyNetwork network = TinyNetwork.load(Threads.of(threads))) {
      float[] input = input(1);
      float[] output = new float[SIZE / 3];
      network.run(input, output);
      long[] ids = pool().stream().mapToLong(Thread::threadId).toArray();
      int quiet = 0;
      for (int run = 0; quiet < 100 && run < 100_000; run++) {
        long before = allocated(counter, ids);
        network.run(input, output);
        quiet = allocated(counter, ids) == before ? quiet + 1 : 0;
      }
      assertThat(quiet).as("consecutive runs without allocation").isEqualTo(100);
    }
  }

  @Test
  void warmsUp() {
    try (TinyNetwork network = TinyNetwork.load(Threads.caller())) {
      Warmth warmth = network.warm(Duration.ofMinutes(10));
      assertThat(warmth.steady()).isTrue();
      assertThat(warmth.best()).isLessThanOrEqualTo(warmth.first());
      assertThat(network.warm(Duration.ZERO).runs()).isEqualTo(1);
    }
  }

  @Test
  void tellsTheTimeOfEachStepAndShowsTheMemory() {
    List<Integer> steps = new ArrayList<>();
    try (TinyNetwork network = TinyNetwork.load(Threads.of(2))) {
      network.listen(
          (step, nanoseconds, arena) -> {
            assertThat(nanoseconds).isNotNegative();
            assertThat(arena).isSameAs(network.memory());
            steps.add(step);
          });
      network.run(input(1));
      network.listen(null);
      network.run(input(1));
    }
    assertThat(steps).containsExactly(0, 1);
  }

  @Test
  void classifiesBytes() {
    byte[] rgb = new byte[SIZE];
    for (int index = 0; index < SIZE; index++) {
      rgb[index] = (byte) (7 * index);
    }
    float[] input = new float[SIZE];
    for (int index = 0; index < SIZE; index++) {
      input[index % 3 * (SIZE / 3) + index / 3] = (float) ((rgb[index] & 0xFF) / 255.0);
    }
    try (TinyNetwork network = TinyNetwork.load(Threads.caller())) {
      List<Prediction> found = network.classify(rgb, TinyNetwork.WIDTH, TinyNetwork.HEIGHT);
      assertThat(found)
          .isEqualTo(Prediction.of(TinyNetwork.result(input), List.of("a", "b")))
          .hasSize(30);
    }
  }

  /** What the pool allocates counts too. */
  private static long allocated(ThreadMXBean counter, long[] pool) {
    long sum = counter.getCurrentThreadAllocatedBytes();
    for (long thread : pool) {
      sum += counter.getThreadAllocatedBytes(thread);
    }
    return sum;
  }

  private static List<Thread> pool() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("tiny-worker-"))
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] input(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] input = new float[SIZE];
    for (int index = 0; index < input.length; index++) {
      // Small integers: every order of summing gives the same.
      input[index] = random.nextInt(-8, 9);
    }
    return input;
  }
}
