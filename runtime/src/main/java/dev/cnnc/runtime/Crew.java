package dev.cnnc.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one network. The caller is worker 0 and works too. {@link #run} returns when all
 * units of a step are done, and allocates nothing.
 *
 * <p>Each worker has a share of a step's units. It takes units from the front of its share, half of
 * the remaining ones at a time, then from the back of other shares. So a worker that sleeps, or has
 * lost its processor, delays only the units that it has taken, and the caller alone can finish the
 * step.
 *
 * <p>A share is one atomic word: the number of the round, from, to. A round ends when all units are
 * done. So a worker that has taken units sees what the caller wrote before it filled the share. A
 * worker that comes late finds another number in the share and takes nothing.
 */
final class Crew {
  /**
   * Nanoseconds that a thread spins before it sleeps. The next layer follows within microseconds,
   * the next picture often within a few hundred. Waking a thread takes fifty microseconds.
   */
  private static final long SPIN = 500_000;

  /** Distance from one share to the next in words, so that each has its own cache line. */
  private static final int APART = 16;

  /** Largest value of a 16-bit field. */
  private static final int MOST = 0xFFFF;

  private final int threads;
  private final long spin;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Sleeping workers, by number. */
  private final AtomicReferenceArray<@Nullable Thread> sleepers;

  private final AtomicLongArray shares;

  /** Grains that are not finished yet. */
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
    // With fewer processors than threads, a spinning thread keeps another from working.
    spin = Runtime.getRuntime().availableProcessors() < threads ? 0 : SPIN;
    sleepers = new AtomicReferenceArray<>(threads);
    shares = new AtomicLongArray(threads * APART);
  }

  /** Starts the threads. The constructor cannot, because no other thread may see its object. */
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
   * @param portion number of units below which division does not pay
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

  /** Takes grains from a share, as from and to; zero if there are none. */
  private long take(int share, boolean front) {
    while (true) {
      long word = shares.get(share * APART);
      long to = word & MOST;
      long from = word >>> 16 & MOST;
      long left = to - from;
      if (left == 0) {
        return 0;
      }
      // The caller may be writing another round; a worker that takes grains has read this round.
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

  /** Waits for a round after {@code seen}. The caller waits for the end of its own round. */
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

  /** Number of the round in which a share was last filled. */
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
