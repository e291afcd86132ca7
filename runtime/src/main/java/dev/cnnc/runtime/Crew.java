package dev.cnnc.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one network. The caller is worker 0 and works too; {@link #run} returns when all
 * have done their part, and allocates nothing.
 *
 * <p>Waiting spins two milliseconds before it parks: layers follow each other within microseconds,
 * and one picture another within a few hundred. A thread that is woken may find itself on the
 * caller's processor: with 30 microseconds the median run took twice the time of the fastest.
 */
final class Crew {
  private static final long SPIN = 2_000_000;

  private final Worker[] workers;
  private final long spin;
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  // Written by the caller before the round that publishes them.
  private @Nullable CompiledNetwork network;
  private int step;
  private int units;
  private boolean closed;

  /** Every new value starts the workers once. */
  private volatile int round;

  /** Set while the caller sleeps. */
  private volatile @Nullable Thread sleepingCaller;

  Crew(String name, int threads) {
    workers = new Worker[threads - 1];
    // With fewer processors than threads, who spins keeps another from working.
    spin = Runtime.getRuntime().availableProcessors() < threads ? 0 : SPIN;
    for (int index = 0; index < workers.length; index++) {
      workers[index] = new Worker(name, index + 1);
    }
  }

  /** Not in the constructor, whose object nobody else may see. */
  void start() {
    for (Worker worker : workers) {
      worker.start();
    }
  }

  void run(CompiledNetwork owner, int number, int count) {
    if (workers.length == 0 || count <= 1) {
      owner.step(number, 0, count, 0);
      return;
    }
    network = owner;
    step = number;
    units = count;
    pending.set(workers.length);
    wakeAll();
    try {
      part(owner, 0);
    } catch (Throwable e) {
      failed(e);
    }
    awaitWorkers();
    // A sleeping pool must not keep a network alive.
    network = null;
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      rethrow(thrown);
    }
  }

  void close() {
    closed = true;
    wakeAll();
  }

  private void wakeAll() {
    int next = round + 1;
    round = next;
    for (Worker worker : workers) {
      if (worker.asleep) {
        LockSupport.unpark(worker);
      }
    }
  }

  private void part(CompiledNetwork owner, int worker) {
    int shares = workers.length + 1;
    int from = (int) ((long) units * worker / shares);
    int to = (int) ((long) units * (worker + 1) / shares);
    if (from < to) {
      owner.step(step, from, to, worker);
    }
  }

  private void awaitWorkers() {
    long start = System.nanoTime();
    while (pending.get() > 0) {
      if (System.nanoTime() - start < spin) {
        Thread.onSpinWait();
      } else {
        sleepingCaller = Thread.currentThread();
        if (pending.get() > 0) {
          LockSupport.park(this);
        }
        sleepingCaller = null;
      }
    }
  }

  private void failed(Throwable e) {
    if (!failure.compareAndSet(null, e)) {
      Throwable first = failure.get();
      if (first != null && !first.equals(e)) {
        first.addSuppressed(e);
      }
    }
  }

  private static void rethrow(Throwable thrown) {
    switch (thrown) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }

  private final class Worker extends Thread {
    private final int number;
    private volatile boolean asleep;

    Worker(String name, int number) {
      super(name + "-worker-" + number);
      this.number = number;
      setDaemon(true);
    }

    @Override
    public void run() {
      for (int seen = awaitRound(0); !closed; seen = awaitRound(seen)) {
        CompiledNetwork owner = network;
        try {
          if (owner != null) {
            part(owner, number);
          }
        } catch (Throwable e) {
          failed(e);
        }
        if (pending.decrementAndGet() == 0) {
          Thread caller = sleepingCaller;
          if (caller != null) {
            LockSupport.unpark(caller);
          }
        }
      }
    }

    private int awaitRound(int seen) {
      long start = System.nanoTime();
      while (round == seen) {
        if (System.nanoTime() - start < spin) {
          Thread.onSpinWait();
        } else {
          asleep = true;
          if (round == seen) {
            LockSupport.park(Crew.this);
          }
          asleep = false;
        }
      }
      return round;
    }
  }
}
