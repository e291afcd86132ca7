package dev.cnnc.compiler.proof;

import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Runs, forks, interrupts and ends of the instances of a class, in a random order. */
final class History {

  private static final int MOST_INSTANCES = 6;

  private final Class<?> type;
  private final PackedWeights weights;
  private final List<NetworkInstance> open = new ArrayList<>();
  private final List<NetworkInstance> closed = new ArrayList<>();
  private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
  private final List<String> events = new ArrayList<>();
  private float[][] inputs = {};
  private float[][] expected = {};

  History(Class<?> type, PackedWeights weights) {
    this.type = type;
    this.weights = weights;
  }

  WeakReference<ClassLoader> loader() {
    return new WeakReference<>(type.getClassLoader());
  }

  /** What went wrong, with all events up to there. */
  Optional<String> failure(SplittableRandom random, int count) {
    try (NetworkInstance first = load(Threads.caller(), Start.VECTORS)) {
      inputs = Results.inputs(first, "input");
      expected = Results.of(first, inputs);
    }
    try {
      for (int event = 0; event < count; event++) {
        event(random);
      }
      return Optional.empty();
    } catch (Throwable failure) {
      return Optional.of(String.join("\n", events) + "\n=> " + failure);
    } finally {
      boolean interrupted = Thread.interrupted();
      // Every other one is left to the collector.
      for (int index = 0; index < open.size(); index += interrupted ? 1 : 2) {
        open.get(index).close();
      }
      open.clear();
      closed.clear();
    }
  }

  private void event(SplittableRandom random) throws InterruptedException {
    if (open.isEmpty()) {
      open(random);
      return;
    }
    NetworkInstance one = open.get(random.nextInt(open.size()));
    String name = " " + open.indexOf(one);
    switch (random.nextInt(13)) {
      case 0 -> open(random);
      case 1 -> {
        say("fork" + name);
        if (open.size() < MOST_INSTANCES) {
          open.add(Results.fork(one));
        }
      }
      case 2 -> {
        say("close" + name);
        one.close();
        one.close();
        open.remove(one);
        closed.add(one);
      }
      case 3 -> {
        say("forget" + name);
        open.remove(one);
      }
      case 4 -> {
        say("run, interrupted," + name);
        Thread.currentThread().interrupt();
        check(one);
        require(Thread.interrupted(), "the interrupt of the caller is lost");
      }
      case 5 -> {
        say("interrupt the threads");
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .filter(Thread::isDaemon)
            .forEach(Thread::interrupt);
      }
      case 6 -> {
        say("run with a wrong length" + name);
        refused(() -> one.run(new float[inputs.length][1_000_003], Results.room(one)));
      }
      case 7 -> {
        say("run with a listener that fails" + name);
        one.listen(
            (_, _, _) -> {
              throw new IllegalStateException("the listener fails");
            });
        refused(() -> Results.of(one, inputs));
        one.listen(null);
      }
      case 8 -> {
        say("run in two threads" + name);
        inTwoThreads(one);
      }
      case 9 -> {
        say("run what is closed");
        if (!closed.isEmpty()) {
          refused(() -> Results.of(closed.get(random.nextInt(closed.size())), inputs));
        }
      }
      default -> {
        say("run" + name);
        for (int times = random.nextInt(1, 30); times > 0; times--) {
          check(one);
        }
      }
    }
  }

  private void open(SplittableRandom random) {
    Start start = random.nextInt(3) == 0 ? Start.VECTORS : Start.QUICK;
    int threads = random.nextInt(1, 4);
    say("load, %s, %s threads".formatted(start, threads));
    if (open.size() < MOST_INSTANCES) {
      open.add(load(Threads.of(threads), start));
    }
  }

  private NetworkInstance load(Threads threads, Start start) {
    return InMemory.instance(type, weights, threads, start);
  }

  /** Each of the two gets the right bits or is told that the other runs; so one of them does. */
  private void inTwoThreads(NetworkInstance one) throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    Thread other = new Thread(() -> tries(one, failures));
    other.start();
    tries(one, failures);
    other.join();
    for (Throwable failure : failures) {
      boolean told = failure instanceof IllegalStateException && said(failure, "is running");
      require(told, "two threads: " + failure);
    }
  }

  private void tries(NetworkInstance one, List<Throwable> failures) {
    for (int times = 0; times < 10; times++) {
      try {
        check(one);
      } catch (Exception | AssertionError failure) {
        synchronized (failures) {
          failures.add(failure);
        }
      }
    }
  }

  private void check(NetworkInstance one) {
    require(Arrays.deepEquals(Results.of(one, inputs), expected), "other bits");
  }

  private static void refused(Runnable event) {
    try {
      event.run();
    } catch (IllegalArgumentException | IllegalStateException refusal) {
      require(!said(refusal, "null"), "refused without words: " + refusal);
      return;
    }
    throw new AssertionError("it is not refused");
  }

  private static boolean said(Throwable failure, String words) {
    return String.valueOf(failure.getMessage()).contains(words);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  private void say(String event) {
    events.add(event);
  }
}
