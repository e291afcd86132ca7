package dev.cnnc.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one network. The caller is worker 0 and works too; {@link #run} returns when all
 * units of a step are done, and allocates nothing.
 *
 * <p>Each worker has a share of a step's units and takes from its front, half of what is left at a
 * time; then it takes from the back of the others'. So a worker that sleeps, or has lost its
 * processor, holds up no more than what it is computing, and the caller alone can finish.
 *
 * <p>A share is one atomic word: the round's number, from, to. A round ends when all that was taken
 * is done, so who has taken something of it finds what the caller wrote before it filled that
 * share; who looked at a share and comes late finds another number there, and takes nothing.
 */
final class Crew {
  /**
   * Nanoseconds that a thread spins before it sleeps. Layers follow each other within microseconds,
   * one picture another within a few hundred; to wake a thread takes fifty.
   */
  private static final long SPIN = 500_000;

  /** From one share to the next, so that each has a cache line for itself. */
  private static final int APART = 16;

  /** What half of a word's half can count. */
  private static final int MOST = 0xFFFF;

  private final int threads;
  private final long spin;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Workers that sleep, by their numbers. */
  private final AtomicReferenceArray<@Nullable Thread> sleepers;

  private final AtomicLongArray shares;

  /** Grains that nobody has finished yet. */
  private final AtomicInteger pending = new AtomicInteger();

  // Written by the caller before it fills the shares.
  private @Nullable CompiledNetwork network;
  private int round;
  private int step;
  private int units;
  private int grain;
  private int least;
  private boolean closed;

  Crew(int threads) {
    this.threads = threads;
    // With fewer processors than threads, who spins keeps another from working.
    spin = Runtime.getRuntime().availableProcessors() < threads ? 0 : SPIN;
    sleepers = new AtomicReferenceArray<>(threads);
    shares = new AtomicLongArray(threads * APART);
  }

  /** Not in the constructor, whose object nobody else may see. */
  void start(String name) {
    for (int index = 1; index < threads; index++) {
      int self = index;
      Thread thread = new Thread(() -> serve(self), name + "-worker-" + self);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Computes a step.
   *
   * @param portion units that are not worth being divided
   */
  void run(CompiledNetwork owner, int number, int count, int portion) {
    int parts = Math.min(threads, count);
    if (parts <= 1 || count <= portion) {
      owner.step(number, 0, count, 0);
      return;
    }
    network = owner;
    step = number;
    units = count;
    grain = count / MOST + 1;
    least = Math.ceilDiv(portion, grain);
    fill(Math.ceilDiv(count, grain), parts);
    work(0);
    await(0, round);
    // A sleeping pool must not keep a network alive.
    network = null;
    Throwable thrown = failure.get();
    if (thrown != null) {
      failure.set(null);
      rethrow(thrown);
    }
  }

  void close() {
    closed = true;
    fill(0, 1);
  }

  private void fill(int grains, int parts) {
    pending.set(grains);
    round++;
    for (int index = 0; index < threads; index++) {
      long from = (long) grains * Math.min(index, parts) / parts;
      long to = (long) grains * Math.min(index + 1, parts) / parts;
      shares.set(index * APART, (long) round << 32 | from << 16 | to);
      wake(index);
    }
  }

  private void serve(int self) {
    int seen = 0;
    while (true) {
      await(self, seen);
      seen = number(self);
      if (closed) {
        return;
      }
      work(self);
    }
  }

  private void work(int self) {
    for (int index = 0; index < threads; index++) {
      int share = (self + index) % threads;
      for (long taken = take(share, index == 0); taken != 0; taken = take(share, index == 0)) {
        compute(taken, self);
      }
    }
  }

  /** Grains of a share as from and to; zero if there are none. */
  private long take(int share, boolean front) {
    while (true) {
      long word = shares.get(share * APART);
      long to = word & MOST;
      long from = word >>> 16 & MOST;
      long left = to - from;
      if (left == 0) {
        return 0;
      }
      // The caller may be writing another round's; who takes something has read this round's.
      long twice = 2L * least;
      long size = left < twice ? left : Math.ceilDiv(left, twice) * twice / 2;
      if (shares.compareAndSet(share * APART, word, front ? word + (size << 16) : word - size)) {
        return front ? from << 16 | (from + size) : (to - size) << 16 | to;
      }
    }
  }

  private void compute(long taken, int self) {
    int from = (int) (taken >>> 16);
    int to = (int) taken & MOST;
    try {
      CompiledNetwork owner = network;
      if (owner != null && failure.get() == null) {
        owner.step(step, from * grain, Math.min(units, to * grain), self);
      }
    } catch (Throwable e) {
      failed(e);
    }
    if (pending.addAndGet(from - to) == 0) {
      wake(0);
    }
  }

  /** Waits for a round after {@code seen}; the caller for the end of its own. */
  private void await(int self, int seen) {
    long start = System.nanoTime();
    while (waits(self, seen)) {
      if (System.nanoTime() - start < spin) {
        Thread.onSpinWait();
      } else {
        sleepers.set(self, Thread.currentThread());
        if (waits(self, seen)) {
          LockSupport.park(this);
        }
        sleepers.set(self, null);
      }
    }
  }

  private boolean waits(int self, int seen) {
    return self == 0 ? pending.get() > 0 : number(self) == seen;
  }

  /** Of the round that a share was last filled in. */
  private int number(int share) {
    return (int) (shares.get(share * APART) >>> 32);
  }

  private void wake(int worker) {
    Thread thread = sleepers.get(worker);
    if (thread != null) {
      LockSupport.unpark(thread);
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
}
