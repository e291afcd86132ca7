package dev.cnnc.vision;

import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signatures of networks that were never compiled. */
final class Shapes {
  private Shapes() {}

  /** Of a picture of three channels, and of outputs [channels, height, width]. */
  static Signature signature(int height, int width, int[]... outputs) {
    List<Signature.Output> all = new ArrayList<>();
    for (int[] output : outputs) {
      all.add(new Signature.Output("o" + all.size(), view(output[0], output[1], output[2])));
    }
    return new Signature("net", view(3, height, width), all, 0, 0, Optional.empty());
  }

  private static View view(int channels, int height, int width) {
    return new View(0, channels, height, width, channels, channels * width);
  }

  /** The picture is the input. */
  static Placement whole(int width, int height) {
    return new Placement(1, 1, 0, 0, width, height);
  }
}
