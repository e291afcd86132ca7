package dev.cnnc.runtime;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
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
 *
 * <p>A worker is started by the first step that needs it. It ends when its network is closed, is no
 * longer reachable, or has not run for a while: a thread keeps its class loader alive, and with it
 * a network in a static field. The next step starts it again.
 */
final class Crew {
  /**
   * Nanoseconds that a thread spins before it sleeps. The next layer follows within microseconds,
   * the next picture often within a few hundred. Waking a thread takes fifty microseconds.
   */
  private static final long SPIN = 500_000;

  /** Nanoseconds without a step after which a worker ends. */
  private static final long LINGER = 10_000_000_000L;

  /** Nanoseconds after which a sleeper looks around, a worker whether its network is there. */
  private static final long GLANCE = 1_000_000_000;

  /** In the place of a sleeper: the worker is not started, or has ended. */
  private static final Object GONE = new Object();

  /** Distance from one share to the next in words, so that each has its own cache line. */
  private static final int APART = 16;

  /** Largest value of a 16-bit field. */
  private static final int MOST = 0xFFFF;

  private final int threads;
  private final String name;
  private final long linger;
  private final long spin;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** By number of the worker: its thread if it sleeps, null if it is awake, or {@link #GONE}. */
  private final AtomicReferenceArray<@Nullable Object> sleepers;

  private final AtomicLongArray shares;

  /** Grains that are not finished yet. */
  private final AtomicInteger pending = new AtomicInteger();

  // Written by the caller before it fills the shares.
  private @Nullable NetworkInstance network;
  private int round;
  private int step;
  private int units;
  private int grain;
  private int least;
  private boolean closed;

  Crew(int threads, String name) {
    this(threads, name, LINGER);
  }

  Crew(int threads, String name, long linger) {
    this.threads = threads;
    this.name = name;
    this.linger = linger;
    // With fewer processors than threads, a spinning thread keeps another from working.
    spin = Runtime.getRuntime().availableProcessors() < threads ? 0 : SPIN;
    sleepers = new AtomicReferenceArray<>(threads);
    for (int index = 1; index < threads; index++) {
      sleepers.set(index, GONE);
    }
    shares = new AtomicLongArray(threads * APART);
  }

  /**
   * Computes a step.
   *
   * @param portion number of units below which division does not pay
   */
  void run(NetworkInstance owner, int number, int count, int portion) {
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
    await(0, round, null);
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

  /** Starts a worker for the round that is being filled. Its thread inherits nothing. */
  private void start(int self) {
    int before = round - 1;
    Reference<?> owner = new WeakReference<>(network);
    Thread thread =
        Thread.ofPlatform()
            .name(name + "-worker-" + self)
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(() -> serve(self, before, owner));
    thread.setContextClassLoader(Crew.class.getClassLoader());
    try {
      thread.start();
    } catch (OutOfMemoryError none) {
      // The system has no thread left. The others finish the step, and the next step tries again.
      sleepers.set(self, GONE);
    }
  }

  private void serve(int self, int before, Reference<?> owner) {
    int seen = before;
    while (await(self, seen, owner) || !leaves(self, seen)) {
      seen = number(self);
      if (closed) {
        return;
      }
      work(self);
    }
  }

  /** Ends a worker, unless a round has begun meanwhile and nobody was started in its place. */
  private boolean leaves(int self, int seen) {
    sleepers.set(self, GONE);
    return waits(self, seen) || !sleepers.compareAndSet(self, GONE, null);
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
      NetworkInstance owner = network;
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

  /**
   * Waits for a round after {@code seen}. The caller waits for the end of its own round, and keeps
   * its interrupt; the interrupt of a worker means nothing.
   *
   * @param owner the network of a worker, null for the caller
   * @return false if a worker need not wait any longer
   */
  private boolean await(int self, int seen, @Nullable Reference<?> owner) {
    long start = System.nanoTime();
    boolean interrupted = false;
    while (waits(self, seen)) {
      long waited = System.nanoTime() - start;
      if (waited < spin) {
        Thread.onSpinWait();
      } else if (owner != null && (waited > linger || owner.refersTo(null))) {
        return false;
      } else {
        sleepers.set(self, Thread.currentThread());
        if (waits(self, seen)) {
          LockSupport.parkNanos(this, Math.min(linger, GLANCE));
        }
        sleepers.set(self, null);
        // A thread with its flag set would not sleep.
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted && owner == null) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private boolean waits(int self, int seen) {
    return self == 0 ? pending.get() > 0 : number(self) == seen;
  }

  /** Number of the round in which a share was last filled. */
  private int number(int share) {
    return (int) (shares.get(share * APART) >>> 32);
  }

  private void wake(int worker) {
    Object sleeper = sleepers.get(worker);
    if (sleeper instanceof Thread thread) {
      LockSupport.unpark(thread);
    } else if (sleeper != null && !closed && sleepers.compareAndSet(worker, GONE, null)) {
      start(worker);
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
