package dev.cnnc.compiler.testing;

import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Simd;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs emitted classes of the class path on hard pictures and prints a hash of every bit they give,
 * one line for each. Arguments: threads, rounds for each class, names of classes.
 *
 * <p>Bits that change while the JVM goes from the interpreter to its compilers end it with a 1.
 */
public final class BitsMain {

  /** Ends of ranges, signed zeros, numbers below the normal ones. */
  private static final float[] SPECIAL = {
    -0f, 0f, 1e-40f, -1e-40f, 1e-20f, -1e-7f, 0.5f, -0.75f, 1, -1, 3, -3, 6, -6, 7.99f, -8, 9, 17,
    -17, 60, -60, 87.3f, -87.3f, 88.3f, -88.3f, 89, -104, 1000, -1000, 3e5f, -2.5e-3f
  };

  private BitsMain() {}

  public static void main(String[] arguments) throws Throwable {
    Threads threads = Threads.of(Integer.parseInt(arguments[0]));
    int rounds = Integer.parseInt(arguments[1]);
    for (String name : List.of(arguments).subList(2, arguments.length)) {
      try (NetworkInstance network = load(name, threads)) {
        System.out.printf("%s %016x%n", name, steady(name, network, rounds));
      }
    }
  }

  /**
   * An instance of an emitted class of the class path, which runs with the vectors of this JVM from
   * the first run on. Begun quickly, it would run scalar code for longer than a test lasts.
   */
  static NetworkInstance load(String name, Threads threads) throws Throwable {
    Class<?> type = Class.forName(name);
    MethodType load = MethodType.methodType(type, Threads.class, Start.class);
    NetworkInstance network =
        (NetworkInstance)
            MethodHandles.publicLookup()
                .findStatic(type, "load", load)
                .invoke(threads, Start.VECTORS);
    if (network.lanes() != Simd.lanes()) {
      throw new IllegalStateException(
          "%s runs with %s lanes, not %s".formatted(name, network.lanes(), Simd.lanes()));
    }
    return network;
  }

  private static long steady(String name, NetworkInstance network, int rounds) {
    List<float[][]> pictures = pictures(network);
    long first = hash(network, pictures);
    for (int round = 2; round <= rounds; round++) {
      if (hash(network, pictures) != first) {
        System.err.println(name + " gives other bits in round " + round);
        System.exit(1);
      }
    }
    return first;
  }

  private static List<float[][]> pictures(NetworkInstance network) {
    List<float[][]> pictures = new ArrayList<>();
    for (float scale : new float[] {1, 40, 1e-38f}) {
      float[][] inputs = Results.inputs(network, "input");
      for (float[] picture : inputs) {
        for (int i = 0; i < picture.length; i++) {
          picture[i] *= scale;
        }
      }
      pictures.add(inputs);
    }
    float[][] special = Results.inputs(network, "input");
    for (float[] picture : special) {
      for (int i = 0; i < picture.length; i++) {
        picture[i] = SPECIAL[i % SPECIAL.length];
      }
    }
    pictures.add(special);
    return pictures;
  }

  private static long hash(NetworkInstance network, List<float[][]> pictures) {
    long hash = 0;
    for (float[][] picture : pictures) {
      for (float[] result : Results.of(network, picture)) {
        for (float value : result) {
          if (Float.isNaN(value)) {
            // It has many bits, and which of them is nobody's promise.
            throw new IllegalStateException("not a number: take another picture");
          }
          hash = 31 * hash + Float.floatToRawIntBits(value);
        }
      }
    }
    return hash;
  }
}
