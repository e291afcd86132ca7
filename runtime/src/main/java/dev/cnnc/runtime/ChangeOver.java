package dev.cnnc.runtime;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * When the instances that share some weights change over from kernels without vectors to those with
 * them. The first of them that has run starts the {@link Warming}, and all of them follow it.
 */
final class ChangeOver {
  private enum State {
    /** No instance that waits has run yet, or none waits any longer. */
    NEW,
    WARMING,
    /** The kernels for vectors are compiled, or nobody compiles them ahead. */
    READY,
    /** C2 does not compile. */
    NEVER
  }

  private final AtomicReference<State> state;

  /** Instances without vectors that are not closed. */
  private final AtomicInteger waiting = new AtomicInteger();

  /** A bit for each step whose kernel for vectors is compiled; one thread writes, by copies. */
  private volatile long[] steps = {};

  /** Nanoseconds of the fastest run without vectors. */
  private volatile long scalar = Long.MAX_VALUE;

  private ChangeOver(State state) {
    this.state = new AtomicReference<>(state);
  }

  /**
   * That of an instance and all its forks.
   *
   * @param packed floats of the vectors that weights are packed for
   */
  static ChangeOver of(Start start, int packed) {
    return of(
        start == Start.QUICK
            && packed > 1
            && !Simd.isForced()
            && Gauges.areComplete()
            && Runtime.getRuntime().availableProcessors() > 1);
  }

  /** One that waits for the kernels for vectors, or does not. */
  static ChangeOver of(boolean waits) {
    return new ChangeOver(waits ? State.NEW : State.READY);
  }

  /** Another instance waits for vectors. */
  void joined() {
    waiting.incrementAndGet();
  }

  /** An instance is closed, or has taken vectors; the last one that leaves ends the warming. */
  void left() {
    if (waiting.decrementAndGet() == 0) {
      state.compareAndSet(State.WARMING, State.NEW);
    }
  }

  /** Whether all kernels for vectors are compiled. */
  boolean isReady() {
    return state.get() == State.READY;
  }

  /** Whether instances wait for a warming that goes on. */
  boolean isWanted() {
    return state.get() == State.WARMING;
  }

  /** Whether C2 does not compile. */
  boolean isNever() {
    return state.get() == State.NEVER;
  }

  /** Whether the kernel for vectors of a step is compiled. */
  boolean isReady(int step) {
    long[] now = steps;
    int word = step / Long.SIZE;
    return word < now.length && (now[word] >>> step & 1) != 0;
  }

  /** The kernel for vectors of a step is compiled. */
  void ready(int step) {
    int word = step / Long.SIZE;
    long[] more = Arrays.copyOf(steps, Math.max(steps.length, word + 1));
    more[word] |= 1L << step;
    steps = more;
  }

  /** The kernels for vectors are compiled, or there is nothing to wait for. */
  void ready() {
    state.updateAndGet(now -> now == State.NEVER ? now : State.READY);
  }

  /** C2 does not compile. */
  void never() {
    state.compareAndSet(State.WARMING, State.NEVER);
  }

  /** An instance that waits has run: the kernels for vectors must be compiled if nobody does. */
  void ran(NetworkInstance network, long nanoseconds) {
    // A lost update does no harm.
    if (steps.length == 0 && nanoseconds < scalar) {
      scalar = nanoseconds;
    }
    if (state.get() == State.NEW && state.compareAndSet(State.NEW, State.WARMING)) {
      Warming.start(this, network);
    }
  }

  /** Nanoseconds of the fastest run without vectors so far. */
  long scalar() {
    return scalar;
  }
}
