package dev.cnnc.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Computes the steps of a network, some units at a time and in any order, until none allocates.
 *
 * <p>A vector is an object until C2 has compiled its method, and a multiply-add then takes a
 * thousand times as long. C2 compiles a method that has been called five thousand times, so nearly
 * all calls are idle: the kernel returns at once. A few compute, between them, because C2 needs to
 * see which ways a kernel goes; with some channels only, lest it compile a loop for one use. A step
 * is ready when it has also been computed as in a run, without allocation.
 */
final class Rehearsal {
  /** Channels enough for C2 to compile a method before a loop in it, and for half of them. */
  static final int FEW = 32;

  /** Nanoseconds of a turn of a step, if its units are not longer. */
  private static final long TURN = 5_000_000;

  /** Steps that take turns: enough for C2 to have work, so few that its queue stays short. */
  private static final int TOGETHER = 6;

  /** Idle passes in a turn at most. */
  private static final int MANY = 1 << 14;

  /** Nanoseconds of idle passes in a turn. */
  private static final long IDLE = 1_000_000;

  /** A turn that allocated is followed by a rest of so many of its times, for C2. */
  private static final int REST = 4;

  /** The longest rest, in nanoseconds. */
  private static final long LONGEST_REST = 100_000_000;

  private final NetworkInstance network;
  private final Gauges gauges;
  private final long patience;
  private final List<Part> parts = new ArrayList<>();
  private boolean narrow;

  /** A step. */
  private static final class Part {
    private final int step;
    private final int units;

    /** Number of units below which division does not pay: large where a unit is short. */
    private final int portion;

    /** Whether it is computed with few channels. */
    private boolean narrow = true;

    /** Units since the last one that allocated. */
    private int clean;

    private int next;
    private int chunk = 1;

    /** Whether the last units allocated. */
    private boolean allocated;

    /** Idle passes over units that allocated: few at first, when the JIT has not seen them. */
    private int passes = 8;

    /** When it takes its next turn. */
    private long due;

    Part(int step, int units, int portion) {
      this.step = step;
      this.units = units;
      this.portion = portion;
    }

    int end() {
      return Math.min(units, next + chunk);
    }

    /** The next units were computed; those that allocated come again. */
    void computed(boolean allocates, long time) {
      allocated = allocates;
      if (allocated) {
        clean = 0;
        passes = Math.min(2 * passes, MANY);
        chunk = time < TURN ? chunk : Math.max(1, chunk / 2);
      } else {
        clean += end() - next;
        next = end() == units ? 0 : end();
        chunk = time < TURN ? Math.min(2 * chunk, units) : Math.max(1, chunk / 2);
      }
    }

    /** Whether all units have been computed as in a run, and none allocated. */
    boolean isReady() {
      if (clean < units) {
        return false;
      }
      if (!narrow) {
        return true;
      }
      narrow = false;
      clean = 0;
      next = 0;
      return false;
    }
  }

  /**
   * Of an instance that nobody else uses.
   *
   * @param patience nanoseconds without a compilation after which steps that are not ready will not
   *     be
   */
  Rehearsal(NetworkInstance network, Gauges gauges, long patience) {
    this.patience = patience;
    this.network = network;
    this.gauges = gauges;
    network.eachStep((step, units, portion) -> parts.add(new Part(step, units, portion)));
    parts.sort(Comparator.comparingInt(part -> -part.portion));
    parts.forEach(part -> part.due = gauges.nanoseconds().getAsLong());
  }

  /**
   * Returns when all steps are ready, the JIT is idle, or nobody wants that any longer.
   *
   * @param ready receives the number of each step that is
   * @return whether all are
   */
  boolean run(BooleanSupplier wanted, IntConsumer ready) {
    Stillness stillness = new Stillness(gauges);
    while (!parts.isEmpty() && wanted.getAsBoolean() && stillness.nanoseconds() < patience) {
      Part next = next();
      run(next);
      if (next.isReady()) {
        parts.remove(next);
        ready.accept(next.step);
      }
    }
    network.narrow(false);
    return parts.isEmpty();
  }

  /** The first of those that take turns whose rest is over; waits for it. */
  private Part next() {
    long now = gauges.nanoseconds().getAsLong();
    Part next = parts.getFirst();
    for (Part part : parts.subList(0, Math.min(TOGETHER, parts.size()))) {
      if (next.due - now > 0 && part.due - next.due < 0) {
        next = part;
      }
    }
    if (next.due - now > 0) {
      LockSupport.parkNanos(Math.min(next.due - now, LONGEST_REST));
    }
    return next;
  }

  private void run(Part part) {
    if (part.narrow != narrow) {
      narrow = part.narrow;
      network.narrow(narrow);
    }
    long start = gauges.nanoseconds().getAsLong();
    idle(part, start);
    long bytes = gauges.allocatedBytes().getAsLong();
    network.step(part.step, part.next, part.end(), 0);
    boolean allocated = gauges.allocatedBytes().getAsLong() != bytes;
    long now = gauges.nanoseconds().getAsLong();
    part.computed(allocated, now - start);
    part.due = allocated ? now + Math.min(REST * (now - start), LONGEST_REST) : now;
  }

  /** Calls the kernels of the next units without computing anything. */
  private void idle(Part part, long start) {
    if (!part.allocated) {
      return;
    }
    network.idle(true);
    for (int pass = 0; pass < part.passes; pass++) {
      network.step(part.step, part.next, part.end(), 0);
      if (gauges.nanoseconds().getAsLong() - start > IDLE) {
        break;
      }
    }
    network.idle(false);
  }
}
