package dev.cnnc.spark;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Ends the process of an executor when some tasks have ended. */
final class Killer extends SparkListener {
  private final AtomicInteger tasks = new AtomicInteger();
  private final AtomicInteger killed = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final int after;

  Killer(int after) {
    this.after = after;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (tasks.incrementAndGet() == after) {
      executor()
          .ifPresent(
              process -> {
                process.destroyForcibly();
                killed.incrementAndGet();
              });
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved executor) {
    lost.incrementAndGet();
  }

  /** The first one: those that Spark starts in its place come later. */
  private static Optional<ProcessHandle> executor() {
    return ProcessHandle.current()
        .children()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .min(Comparator.comparingLong(ProcessHandle::pid));
  }

  boolean killed() {
    return killed.get() == 1;
  }

  int lost() {
    return lost.get();
  }
}
