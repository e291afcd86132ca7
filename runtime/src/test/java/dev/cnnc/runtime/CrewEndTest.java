package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends a worker, and what does not. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CrewEndTest {
  private static final Patience PATIENCE = new Patience(Duration.ofSeconds(60));

  @Test
  void startsNoThreadBeforeAStepNeedsIt() {
    try (OneStep network = new OneStep(4)) {
      int before = workers().size();
      network.compute(1, 1, (from, to, worker) -> {});
      assertThat(workers()).hasSize(before);
    }
  }

  /** An interrupted thread cannot sleep until its flag is cleared. */
  @Test
  void sleepsAgainWhenAWorkerIsInterrupted() throws InterruptedException {
    Set<Thread> pool = ConcurrentHashMap.newKeySet();
    try (OneStep network = new OneStep(3)) {
      network.compute(8, 1, gather(pool, 3));
      pool.remove(Thread.currentThread());
      pool.forEach(Thread::interrupt);
      for (Thread worker : pool) {
        PATIENCE.await(
            () -> !worker.isInterrupted() && worker.getState() == Thread.State.TIMED_WAITING);
      }
      Set<Thread> later = ConcurrentHashMap.newKeySet();
      network.compute(8, 1, gather(later, 3));
      assertThat(later).containsAll(pool);
    }
  }

  /** The caller sleeps although it is interrupted, and still knows of it afterwards. */
  @Test
  void keepsTheInterruptOfTheCaller() {
    Thread caller = Thread.currentThread();
    AtomicBoolean slept = new AtomicBoolean();
    CountDownLatch both = new CountDownLatch(2);
    try (OneStep network = new OneStep(2)) {
      network.compute(
          2,
          1,
          (from, to, worker) -> {
            both.countDown();
            if (worker == 0) {
              while (both.getCount() > 0) {
                Thread.onSpinWait();
              }
              caller.interrupt();
            } else {
              PATIENCE.await(() -> caller.getState() == Thread.State.TIMED_WAITING);
              slept.set(true);
            }
          });
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(slept).isTrue();
  }

  @Test
  void endsWithANetworkThatNobodyClosed() {
    int before = workers().size();
    for (int instance = 0; instance < 50; instance++) {
      new OneStep(3).compute(8, 1, (from, to, worker) -> {});
    }
    PATIENCE.await(
        () -> {
          System.gc();
          return workers().size() <= before;
        });
  }

  @Test
  void letsGoOfTheClassLoadersOfOldDeployments() throws Throwable {
    List<WeakReference<ClassLoader>> old = new ArrayList<>();
    for (int deployment = 0; deployment < 300; deployment++) {
      ClassLoader loader = new Redeployed.Loader();
      Class<?> application = loader.loadClass(Redeployed.class.getName());
      assertThat(application.getClassLoader()).isSameAs(loader);
      MethodHandle maker =
          MethodHandles.publicLookup()
              .findConstructor(application, MethodType.methodType(void.class));
      ((Runnable) maker.invoke()).run();
      old.add(new WeakReference<>(loader));
    }
    PATIENCE.await(
        () -> {
          System.gc();
          return old.stream().allMatch(loader -> loader.refersTo(null));
        });
  }

  /** A thread must not keep what its starter was, only what it computes. */
  @Test
  void inheritsNoClassLoader() throws InterruptedException {
    Set<Thread> pool = ConcurrentHashMap.newKeySet();
    Thread.currentThread().setContextClassLoader(new Redeployed.Loader());
    try (OneStep network = new OneStep(2)) {
      network.compute(8, 1, gather(pool, 2));
      pool.remove(Thread.currentThread());
      assertThat(pool)
          .singleElement()
          .extracting(Thread::getContextClassLoader)
          .isSameAs(Crew.class.getClassLoader());
    } finally {
      Thread.currentThread().setContextClassLoader(CrewEndTest.class.getClassLoader());
    }
  }

  /** A pause of any length around the end of a thread: the next step has all its threads. */
  @Test
  void endsInAPauseAndStartsAgain() throws InterruptedException {
    Crew crew = new Crew(3, "pausing", Duration.ofMillis(20).toNanos());
    Set<Thread> all = ConcurrentHashMap.newKeySet();
    try (OneStep network = new OneStep(1)) {
      for (int round = 0; round < 60; round++) {
        Set<Thread> pool = ConcurrentHashMap.newKeySet();
        crew.run(network.with(gather(pool, 3)), 0, 8, 1);
        assertThat(pool).hasSize(3);
        all.addAll(pool);
        Thread.sleep(round % 3 == 0 ? 21 : 10 + round % 7);
      }
      assertThat(all).hasSizeGreaterThan(3);
      all.remove(Thread.currentThread());
      for (Thread worker : all) {
        worker.join();
      }
    }
  }

  /** A step in which every thread takes part. */
  private static OneStep.Body gather(Set<Thread> pool, int threads) {
    CountDownLatch all = new CountDownLatch(threads);
    return (from, to, worker) -> {
      if (pool.add(Thread.currentThread())) {
        all.countDown();
      }
      while (all.getCount() > 0) {
        Thread.onSpinWait();
      }
    };
  }

  private static List<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("one-worker-"))
        .toList();
  }

  /** Waits for what must happen, but not for ever. */
  private record Patience(Duration limit) {
    void await(BooleanSupplier condition) {
      long start = System.nanoTime();
      while (!condition.getAsBoolean()) {
        assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(limit.toNanos());
        Thread.onSpinWait();
      }
    }
  }
}
