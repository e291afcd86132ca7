package dev.cnnc.compiler.testing;

import dev.cnnc.runtime.weights.TensorSource;
import java.util.List;
import java.util.SplittableRandom;

public final class Noise implements TensorSource {
  @Override
  public float[] tensor(String name, List<Integer> shape) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    float[] data = new float[shape.stream().reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < data.length; i++) {
      data[i] =
          (float)
              (name.endsWith("running_var")
                  ? 0.5 + random.nextDouble()
                  : 2 * random.nextDouble() - 1);
    }
    return data;
  }
}
