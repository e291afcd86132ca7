package dev.cnnc.compiler.testing;

import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Threads;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints by how many bytes the heap grows for an instance of an emitted class of the class path.
 * Arguments: the class, then numbers of threads; one line for each.
 */
public final class MemoryMain {
  private static final int INSTANCES = 4;

  private MemoryMain() {}

  public static void main(String[] arguments) throws Throwable {
    // Nothing is given back before the end: what is freed late would count for the next.
    List<NetworkInstance> instances = new ArrayList<>();
    // The first instances also make the constants of the class.
    grown(arguments[0], Threads.caller(), instances);
    for (String threads : List.of(arguments).subList(1, arguments.length)) {
      System.out.println(grown(arguments[0], Threads.of(Integer.parseInt(threads)), instances));
    }
    instances.forEach(NetworkInstance::close);
  }

  private static long grown(String name, Threads threads, List<NetworkInstance> instances)
      throws Throwable {
    long before = used();
    for (int i = 0; i < INSTANCES; i++) {
      instances.add(BitsMain.load(name, threads));
    }
    return (used() - before) / INSTANCES;
  }

  private static long used() {
    // What a collection finds may free more in the next one.
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
