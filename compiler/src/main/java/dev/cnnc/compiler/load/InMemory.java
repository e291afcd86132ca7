package dev.cnnc.compiler.load;

import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Forks;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Loads an emitted class and creates an instance, as generated code would. */
public final class InMemory {

  private InMemory() {}

  /** Loads a network of one input, as {@link #instance} does. */
  public static CompiledNetwork load(
      String className, Map<String, byte[]> classes, PackedWeights weights, Threads threads) {
    return (CompiledNetwork) instance(className, classes, weights, threads);
  }

  /**
   * Loads a class that {@link JavaInMemory} has compiled, to run it with vectors from the first run
   * on.
   *
   * @param className with its package
   * @param classes class files by binary name
   * @param weights packed for this machine
   */
  public static NetworkInstance instance(
      String className, Map<String, byte[]> classes, PackedWeights weights, Threads threads) {
    return instance(className, classes, weights, threads, Start.VECTORS);
  }

  /**
   * Loads a class without an instance, for {@link #instance(Class, PackedWeights, Threads, Start)}.
   */
  public static Class<?> define(String className, Map<String, byte[]> classes) {
    return define(List.of(className), classes).getFirst();
  }

  /** Loads several classes of one compilation, which share the kernels. */
  public static List<Class<?>> define(List<String> classNames, Map<String, byte[]> classes) {
    Loader loader = new Loader(classes);
    List<Class<?>> types = new ArrayList<>();
    for (String className : classNames) {
      try {
        types.add(loader.loadClass(className));
      } catch (ClassNotFoundException e) {
        throw cannotLoad(className, e);
      }
    }
    return types;
  }

  /** An instance of a loaded class of one input, begun in some way. */
  public static CompiledNetwork load(
      Class<?> type, PackedWeights weights, Threads threads, Start start) {
    return (CompiledNetwork) instance(type, weights, threads, start);
  }

  /** A network of any number of inputs, begun in some way. */
  public static NetworkInstance instance(
      String className,
      Map<String, byte[]> classes,
      PackedWeights weights,
      Threads threads,
      Start start) {
    return instance(define(className, classes), weights, threads, start);
  }

  /** An instance of a loaded class: what the JVM has compiled of one serves the next. */
  public static NetworkInstance instance(
      Class<?> type, PackedWeights weights, Threads threads, Start start) {
    try {
      return (NetworkInstance)
          MethodHandles.publicLookup()
              .findStatic(
                  type,
                  "load",
                  MethodType.methodType(type, PackedWeights.class, Threads.class, Start.class))
              .invoke(weights, threads, start);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw cannotLoad(type.getName(), e);
    }
  }

  /** What {@code forks} of an emitted class gives, which the base class does not know. */
  @SuppressWarnings("unchecked") // A class gives instances of itself.
  public static Forks<? extends NetworkInstance> forks(NetworkInstance network, int count) {
    Class<?> type = network.getClass();
    try {
      return (Forks<? extends NetworkInstance>)
          MethodHandles.publicLookup()
              .findVirtual(type, "forks", MethodType.methodType(Forks.class, int.class))
              .invoke(network, count);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw cannotLoad(type.getName(), e);
    }
  }

  private static IllegalStateException cannotLoad(String className, Throwable cause) {
    return new IllegalStateException("the emitted class " + className + " cannot be loaded", cause);
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(InMemory.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
