package dev.cnnc.compiler.testing;

import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.weights.Synthetic;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/** What an instance gives: all its outputs, in the signature's order. */
public final class Results {

  private Results() {}

  /** Numbers from -1 to 1, others for another name. */
  public static float[] picture(NetworkInstance network, String name) {
    return picture(network.signature().input().size(), name);
  }

  private static float[] picture(int size, String name) {
    float[] picture = new Synthetic().tensor(name, List.of(size));
    for (int i = 0; i < picture.length; i++) {
      // Only the name "input" has that range.
      picture[i] *= name.equals("input") ? 1 : 10;
    }
    return picture;
  }

  /** A picture for each input, no two alike. */
  public static float[][] inputs(NetworkInstance network, String name) {
    List<Signature.Input> wanted = network.signature().inputs();
    float[][] inputs = new float[wanted.size()][];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = picture(wanted.get(i).view().size(), i == 0 ? name : name + i);
    }
    return inputs;
  }

  /** What the emitted class gives, and the base class does not know. */
  public static NetworkInstance fork(NetworkInstance network) {
    Class<?> type = network.getClass();
    try {
      return (NetworkInstance)
          MethodHandles.publicLookup()
              .findVirtual(type, "fork", MethodType.methodType(type))
              .invoke(network);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Arrays as long as the outputs. */
  public static float[][] room(NetworkInstance network) {
    return network.signature().outputs().stream()
        .map(output -> new float[output.view().size()])
        .toArray(float[][]::new);
  }

  public static float[][] of(NetworkInstance network, float[] picture) {
    return of(network, new float[][] {picture});
  }

  public static float[][] of(NetworkInstance network, float[][] inputs) {
    float[][] results = room(network);
    network.run(inputs, results);
    return results;
  }
}
