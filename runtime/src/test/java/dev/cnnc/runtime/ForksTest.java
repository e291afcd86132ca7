package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForksTest {

  @Test
  void haveTheSameWeightsAndMemoryOfTheirOwn() {
    try (TinyNetwork network = TinyNetwork.load(Threads.caller());
        Forks<TinyNetwork> forks = forks(network, 3)) {
      assertThat(forks.count()).isEqualTo(3);
      assertThat(forks).hasSize(3).doesNotContain(network).doesNotHaveDuplicates();
      assertThat(forks).allSatisfy(each -> assertThat(each.weights()).isSameAs(network.weights()));
      Set<float[]> memory = Collections.newSetFromMap(new IdentityHashMap<>());
      forks.forEach(each -> memory.add(each.memory()));
      assertThat(memory).hasSize(3);
      assertThatThrownBy(() -> forks(network, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("1 instance at least, not 0");
    }
  }

  @Test
  void runABatchInTheOrderOfTheInputs() {
    float[][] batch = IntStream.range(0, 50).mapToObj(ForksTest::picture).toArray(float[][]::new);
    try (TinyNetwork network = TinyNetwork.load(Threads.caller());
        Forks<TinyNetwork> forks = forks(network, 3)) {
      float[][] outputs = forks.runAll(batch);
      assertThat(outputs).hasDimensions(50, network.run(batch[0]).length);
      for (int index = 0; index < batch.length; index++) {
        assertThat(outputs[index]).containsExactly(network.run(batch[index]));
      }
      assertThat(forks.runAll(new float[0][])).isEmpty();
    }
  }

  @Test
  void aWrongInputEndsTheBatch() {
    float[][] batch = IntStream.range(0, 50).mapToObj(ForksTest::picture).toArray(float[][]::new);
    batch[20] = new float[1];
    try (TinyNetwork network = TinyNetwork.load(Threads.caller());
        Forks<TinyNetwork> forks = forks(network, 2)) {
      assertThatThrownBy(() -> forks.runAll(batch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1");
    }
  }

  @Test
  void anInterruptedThreadRunsNoBatch() {
    float[][] batch = {picture(1)};
    try (TinyNetwork network = TinyNetwork.load(Threads.caller());
        Forks<TinyNetwork> forks = forks(network, 2)) {
      for (int round = 0; round < 1000; round++) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> forks.runAll(batch)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(forks.runAll(new float[][] {picture(1)})[0])
          .containsExactly(network.run(picture(1)));
    }
  }

  /** An instance in two threads would throw. */
  @Test
  void serveMoreThreadsThanThereAreInstances() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (TinyNetwork network = TinyNetwork.load(Threads.caller());
        Forks<TinyNetwork> forks = forks(network, 2);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<float[]>> results = new ArrayList<>();
      for (int request = 0; request < 200; request++) {
        float[] picture = picture(request);
        results.add(
            threads.submit(
                () ->
                    forks.run(
                        net -> {
                          most.accumulateAndGet(running.incrementAndGet(), Math::max);
                          float[] result = net.run(picture);
                          running.decrementAndGet();
                          return result;
                        })));
      }
      for (int request = 0; request < results.size(); request++) {
        assertThat(results.get(request).get())
            .containsExactly(TinyNetwork.result(picture(request)));
      }
      assertThat(most.get()).isBetween(1, 2);
    }
  }

  @Test
  void takeAnInstanceBackAfterAFailure() {
    try (TinyNetwork network = TinyNetwork.load(Threads.caller());
        Forks<TinyNetwork> forks = forks(network, 1)) {
      assertThatThrownBy(
              () ->
                  forks.run(
                      net -> {
                        throw new IOException("the picture is gone");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("the picture is gone");
      assertThat(forks.<float[], RuntimeException>run(net -> net.run(picture(1))))
          .containsExactly(TinyNetwork.result(picture(1)));
    }
  }

  @Test
  void endTheWaitOfAThreadThatIsInterrupted() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (TinyNetwork network = TinyNetwork.load(Threads.caller());
        Forks<TinyNetwork> forks = forks(network, 1);
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> first = other.submit(() -> forks.run(net -> hold(taken, goOn)));
      taken.await();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> forks.run(net -> net.run(picture(1))))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      goOn.countDown();
      first.get();
      assertThat(forks.<float[], RuntimeException>run(net -> net.run(picture(1))))
          .containsExactly(TinyNetwork.result(picture(1)));
    }
  }

  @Test
  void closeWhenTheLastRunHasEnded() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (TinyNetwork network = TinyNetwork.load(Threads.caller());
        ExecutorService others = Executors.newFixedThreadPool(2)) {
      Forks<TinyNetwork> forks = forks(network, 2);
      Future<float[]> last =
          others.submit(
              () ->
                  forks.run(
                      net -> {
                        hold(taken, goOn);
                        return net.run(picture(5));
                      }));
      taken.await();
      Future<?> closing = others.submit(forks::close);
      assertThat(closing.isDone()).isFalse();
      goOn.countDown();
      closing.get();
      assertThat(last.get()).containsExactly(TinyNetwork.result(picture(5)));
      assertThatThrownBy(() -> forks.run(net -> net.run(picture(1))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("tiny is closed: load it again");
      forks.close();
      assertThat(network.run(picture(2))).containsExactly(TinyNetwork.result(picture(2)));
    }
  }

  private static boolean hold(CountDownLatch taken, CountDownLatch goOn)
      throws InterruptedException {
    taken.countDown();
    goOn.await();
    return true;
  }

  private static Forks<TinyNetwork> forks(TinyNetwork network, int count) {
    return new Forks<>(count, network::fork);
  }

  private static float[] picture(int seed) {
    float[] picture = new float[3 * TinyNetwork.HEIGHT * TinyNetwork.WIDTH];
    for (int index = 0; index < picture.length; index++) {
      picture[index] = (index * 7 + seed * 13) % 29;
    }
    return picture;
  }
}
