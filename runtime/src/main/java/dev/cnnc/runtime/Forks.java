package dev.cnnc.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Instances over the same weights, for a program that runs a network in many threads.
 *
 * <p>A server has more threads than processors. It makes an instance for each processor, and {@link
 * #run} lends one to the thread that asks:
 *
 * <pre>{@code
 * final class Server {
 *   private final Forks<Lenet5> forks;
 *
 *   Server() {
 *     Lenet5 net = Lenet5.load(Start.STEADY); // The first request is as fast as the last.
 *     forks = net.forks(Runtime.getRuntime().availableProcessors());
 *   }
 *
 *   // Any thread calls it, a virtual one too.
 *   String read(BufferedImage digit) {
 *     return forks.run(net -> net.classify(digit)).getFirst().label();
 *   }
 * }
 * }</pre>
 *
 * <p>A batch is several runs: {@code float[][] scores = forks.runAll(pictures)}.
 *
 * <p>A program with threads of its own gives each an instance, and then calls no {@link #run}:
 *
 * <pre>{@code
 * for (Lenet5 net : forks) {
 *   executor.submit(() -> consume(queue, net));
 * }
 * }</pre>
 *
 * @param <N> the generated class
 */
public final class Forks<N extends GeneratedNetwork> implements Iterable<N>, AutoCloseable {
  private final List<N> all;

  /** Those that no thread runs. The last one used is the next: its memory is in the cache. */
  private final ArrayDeque<N> free;

  /** Of free instances. Threads get them in the order in which they came. */
  private final Semaphore permits;

  /**
   * For generated code.
   *
   * @param fork makes an instance
   */
  public Forks(int count, Supplier<N> fork) {
    if (count < 1) {
      throw new IllegalArgumentException("1 instance at least, not " + count);
    }
    all = Stream.generate(fork).limit(count).toList();
    free = new ArrayDeque<>(all);
    permits = new Semaphore(count, true);
  }

  /**
   * What a thread does with an instance.
   *
   * @param <N> the generated class
   * @param <R> the result
   * @param <X> what it may throw besides unchecked exceptions
   */
  @FunctionalInterface
  @SuppressWarnings("exports") // Only the compiler reads the annotation.
  public interface Work<N, R extends @Nullable Object, X extends Exception> {
    /** Does it. The instance must not be used afterwards. */
    R with(N network) throws X;
  }

  /**
   * Waits until an instance is free, and does {@code work} with it. The work does not call this
   * method again: another instance might never become free.
   *
   * @throws CancellationException if the thread is interrupted while it waits; its flag stays set
   * @throws IllegalStateException if the instances are closed
   */
  @SuppressWarnings("exports") // Only the compiler reads the annotation.
  public <R extends @Nullable Object, X extends Exception> R run(
      Work<? super N, ? extends R, X> work) throws X {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted before an instance was free");
    }
    N network = take();
    try {
      return work.with(network);
    } finally {
      give(network);
      permits.release();
    }
  }

  /**
   * Runs a batch, in as many threads as there are instances. Others that call {@link #run}
   * meanwhile get their turn between two inputs.
   *
   * @param inputs each in the order channels, rows, columns; of several sizes, each has its own
   * @return the first output of each input, in the order of the inputs
   * @throws IllegalArgumentException if an input has a wrong length, or the network several inputs
   * @throws CancellationException if the thread is interrupted, also before the call; its flag
   *     stays set
   * @throws IllegalStateException if the instances are closed
   */
  public float[][] runAll(float[][] inputs) {
    float[][] outputs = new float[inputs.length][];
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // Results that are there already would be given without a look at the flag.
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      List<Future<?>> begun = new ArrayList<>();
      for (int thread = 0; thread < Math.min(count(), inputs.length); thread++) {
        begun.add(threads.submit(() -> run(inputs, outputs, next)));
      }
      try {
        for (Future<?> each : begun) {
          each.get();
        }
      } finally {
        // If something failed: no further input is begun.
        next.set(inputs.length);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted before all inputs were run");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    }
    return outputs;
  }

  /** Runs inputs until none is left. */
  private void run(float[][] inputs, float[][] outputs, AtomicInteger next) {
    for (int index = next.getAndIncrement();
        index < inputs.length;
        index = next.getAndIncrement()) {
      float[] input = inputs[index];
      outputs[index] = run(network -> first(network, input));
    }
  }

  private static float[] first(GeneratedNetwork network, float[] input) {
    return switch (network) {
      case CompiledNetwork one -> one.run(input);
      case NetworkSizes sizes -> sizes.run(input);
      case NetworkInstance several ->
          throw new IllegalArgumentException(
              several.signature().network()
                  + " has several inputs: call run for each of the batch");
    };
  }

  private N take() {
    synchronized (free) {
      return free.pop();
    }
  }

  private void give(N network) {
    synchronized (free) {
      free.push(network);
    }
  }

  /** How many instances there are. */
  public int count() {
    return all.size();
  }

  /** All instances. */
  @Override
  public Iterator<N> iterator() {
    return all.iterator();
  }

  /**
   * Waits for the threads that run an instance, and closes all. It is an error to run them then.
   */
  @Override
  public void close() {
    permits.acquireUninterruptibly(all.size());
    try {
      all.forEach(GeneratedNetwork::close);
    } finally {
      permits.release(all.size());
    }
  }
}
