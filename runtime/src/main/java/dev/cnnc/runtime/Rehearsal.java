package dev.cnnc.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Computes the steps of a network, some units at a time and in any order, until none allocates.
 *
 * <p>A vector is an object until C2 has compiled its method, and a multiply-add then takes a
 * thousand times as long. So kernels get a few channels at first, which make C2 compile the method;
 * with all of them it would compile its loop for one use before (half of the time of C2 for
 * mobilenet_v2). A step is ready when it has also been computed as in a run, without allocation.
 */
final class Rehearsal {
  /** Nanoseconds of a turn of a step, if its units are not longer. */
  private static final long TURN = 5_000_000;

  /** Steps that take turns: enough for C2 to have work, so few that the first are ready soon. */
  private static final int TOGETHER = 6;

  /** A turn that C2 has not compiled yet is followed by a rest of this part of it, for C2. */
  private static final int REST = 2;

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
    private long spent;

    Part(int step, int units, int portion) {
      this.step = step;
      this.units = units;
      this.portion = portion;
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
      Part next =
          Collections.min(
              parts.subList(0, Math.min(TOGETHER, parts.size())),
              Comparator.comparingLong(part -> part.spent));
      run(next);
      if (next.isReady()) {
        parts.remove(next);
        ready.accept(next.step);
      }
    }
    network.narrow(false);
    return parts.isEmpty();
  }

  private void run(Part part) {
    int end = Math.min(part.units, part.next + part.chunk);
    if (part.narrow != narrow) {
      narrow = part.narrow;
      network.narrow(narrow);
    }
    long start = gauges.nanoseconds().getAsLong();
    long bytes = gauges.allocatedBytes().getAsLong();
    network.step(part.step, part.next, end, 0);
    boolean allocated = gauges.allocatedBytes().getAsLong() != bytes;
    long time = gauges.nanoseconds().getAsLong() - start;
    part.clean = allocated ? 0 : part.clean + end - part.next;
    part.next = end == part.units ? 0 : end;
    part.chunk = time < TURN ? Math.min(2 * part.chunk, part.units) : Math.max(1, part.chunk / 2);
    part.spent += time;
    if (allocated) {
      LockSupport.parkNanos(time / REST);
    }
  }
}
