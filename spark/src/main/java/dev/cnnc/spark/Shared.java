package dev.cnnc.spark;

import dev.cnnc.runtime.GeneratedNetwork;
import java.io.Serializable;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The instances of an executor over the weights that it loaded.
 *
 * <p>This is the value of a broadcast. Spark keeps one copy of it in each executor and gives that
 * copy to all tasks; so the network is loaded once in a JVM without anything static, its life is
 * that of the broadcast, and it has the class loader of the job. What travels is empty, so that any
 * serializer will do. If Spark needs the memory of the copy, it writes it to its disk, as it does
 * with any broadcast; the next task may then have to load again.
 */
final class Shared<N extends GeneratedNetwork> implements Serializable {
  private static final long serialVersionUID = 1;

  /** Those that no task runs, with the last one used first: its memory is in the cache. */
  private transient @Nullable ArrayDeque<N> free;

  private transient @Nullable N origin;

  /**
   * How to get instances: method references, of which the names travel.
   *
   * @param loader makes the first one
   * @param forking makes the others
   */
  record Source<N>(PictureNetwork.Loader<N> loader, PictureNetwork.Forking<N> forking)
      implements Serializable {}

  /** An instance for the calling thread, which gives it back. It is loaded if it is the first. */
  synchronized N take(Source<N> source, Runnable loaded) {
    N known = origin;
    if (known == null) {
      N first = source.loader().load();
      origin = first;
      loaded.run();
      return first;
    }
    N instance = free == null ? null : free.poll();
    return instance == null ? source.forking().fork(known) : instance;
  }

  synchronized void give(N instance) {
    if (free == null) {
      free = new ArrayDeque<>();
    }
    free.push(instance);
  }
}
