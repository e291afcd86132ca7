package dev.cnnc.runtime;

import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Runs an instance with kernels for vectors on memory of its own, until C2 has compiled them.
 *
 * <p>It ends early if all instances that wait for it are closed or no longer reachable. If it fails
 * they take the kernels as they are.
 */
final class Warming implements Runnable {
  /** Runs in a row that allocate nothing. */
  private static final int ENOUGH = 2;

  /** Nanoseconds without a compilation after which kernels that allocate will go on doing so. */
  private static final long IDLE = 3_000_000_000L;

  /** Nanoseconds without a compilation after which C2 will not come. */
  private static final long NEVER = 10_000_000_000L;

  private final WeakReference<ChangeOver> change;

  /** The instance that waits; not held any longer than it takes to make another. */
  private @Nullable NetworkInstance origin;

  private Warming(ChangeOver change, NetworkInstance origin) {
    this.change = new WeakReference<>(change);
    this.origin = origin;
  }

  static void start(ChangeOver change, NetworkInstance origin) {
    Thread thread =
        Thread.ofPlatform()
            .name(origin.signature().network() + "-warming")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(new Warming(change, origin));
    thread.setContextClassLoader(Warming.class.getClassLoader());
    try {
      thread.start();
    } catch (OutOfMemoryError none) {
      // The system has no thread left, so nobody compiles ahead.
      change.ready();
    }
  }

  @Override
  public void run() {
    NetworkInstance network = origin;
    origin = null;
    if (network == null) {
      return;
    }
    try (NetworkInstance twin = network.withVectors()) {
      network = null;
      twin.listen(
          (step, nanoseconds, arena) -> {
            if (!isWanted()) {
              throw new CancellationException();
            }
          });
      warm(twin, Gauges.ofThisJvm());
    } catch (CancellationException unwanted) {
      // Nobody waits for the kernels any longer.
    } catch (OutOfMemoryError none) {
      // No memory for a second arena: C2 compiles the kernels while they serve.
    } finally {
      ChangeOver waiting = change.get();
      if (waiting != null && waiting.isWanted()) {
        waiting.ready();
      }
    }
  }

  private void warm(NetworkInstance twin, Gauges gauges) {
    boolean compiled = new Rehearsal(twin, gauges, IDLE).run(this::isWanted, this::ready);
    float[][] inputs = twin.syntheticInputs();
    float[] output = new float[twin.signature().outputs().getFirst().view().size()];
    Stillness stillness = new Stillness(gauges);
    int cleanRuns = 0;
    while (isWanted()) {
      long start = gauges.nanoseconds().getAsLong();
      long bytes = gauges.allocatedBytes().getAsLong();
      twin.run(inputs, output);
      cleanRuns = gauges.allocatedBytes().getAsLong() == bytes ? cleanRuns + 1 : 0;
      long time = gauges.nanoseconds().getAsLong() - start;
      ChangeOver waiting = change.get();
      if (waiting == null) {
        return;
      }
      boolean idle = stillness.nanoseconds() > IDLE;
      boolean clean = cleanRuns >= ENOUGH && (compiled || idle);
      boolean faster = idle && time < waiting.scalar();
      if (clean || faster) {
        waiting.ready();
      } else if (stillness.nanoseconds() > NEVER) {
        waiting.never();
        Simd.warn(
            twin.signature().network()
                + " stays without vectors: this JVM does not compile the kernels for them");
      }
    }
  }

  private boolean isWanted() {
    ChangeOver waiting = change.get();
    return waiting != null && waiting.isWanted();
  }

  private void ready(int step) {
    ChangeOver waiting = change.get();
    if (waiting != null) {
      waiting.ready(step);
    }
  }
}
