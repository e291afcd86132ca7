package dev.cnnc.compiler.testing;

import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.PictureReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;

/**
 * A program in a container: loads an emitted class of the class path as generated code is loaded,
 * reads a picture, and prints its best class. Arguments: the class, the picture.
 */
public final class ContainerMain {
  private ContainerMain() {}

  public static void main(String[] arguments) throws Throwable {
    Class<?> type = Class.forName(arguments[0]);
    Path picture = Path.of(arguments[1]);
    try (CompiledNetwork network =
        (CompiledNetwork)
            MethodHandles.publicLookup()
                .findStatic(type, "load", MethodType.methodType(type))
                .invoke()) {
      System.out.println(best(network, picture));
      System.out.println(best(network, picture));
    }
  }

  /** The best class and the bits of its probability. */
  public static String best(CompiledNetwork network, Path picture) throws Exception {
    var best = network.classify(PictureReader.read(picture)).getFirst();
    return best.label() + " " + Double.toHexString(best.probability());
  }
}
