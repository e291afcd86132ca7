package dev.cnnc.cli;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.emit.Emitter;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.load.JavaInMemory;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import java.util.List;

/**
 * A network that was compiled in this JVM: once, for all sizes of its input.
 *
 * @param types the class of each size; they share the kernels
 * @param compiling nanoseconds from graph to class files
 * @param packing nanoseconds to read, check and pack the weights
 */
record Built(
    NetworkFile file,
    Backend backend,
    List<Class<?>> types,
    PackedWeights weights,
    long compiling,
    long packing) {

  Built {
    types = List.copyOf(types);
  }

  static Built of(NetworkFile file, Progress progress) {
    progress.stage("compiling");
    long start = System.nanoTime();
    Backend backend = file.backend();
    List<String> names =
        backend.java().sizes().stream().map(Emitter.Emitted.Size::className).toList();
    List<Class<?>> types = InMemory.define(names, JavaInMemory.compile(backend.java().sources()));
    long compiled = System.nanoTime();
    progress.stage("reading and packing weights");
    PackedWeights weights = PackedWeights.of(backend.weights(), file.source());
    return new Built(file, backend, types, weights, compiled - start, System.nanoTime() - compiled);
  }

  /** A new instance of the size that the file is at. */
  NetworkInstance instance(int threads, Start start) {
    return InMemory.instance(types.get(file.size()), weights, Threads.of(threads), start);
  }

  /** The same with what it is of. */
  Loaded load(int threads, Start start) {
    return new Loaded(file.written(), threads, instance(threads, start));
  }

  /** At another size. */
  Built at(int size) {
    return new Built(file.at(size), backend, types, weights, compiling, packing);
  }

  /** The part of the size that the file is at. */
  Backend own() {
    return backend.at(file.size());
  }
}
