package dev.cnnc.compiler.plan;

import dev.cnnc.runtime.weights.WeightsFile.Packed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where packed tensors lie: one behind the other, and what an earlier plan has packed but once. */
final class Packing {
  private final List<Packed> packed = new ArrayList<>();
  private final Map<Want, Integer> earlier = new HashMap<>();
  private final Map<Want, Integer> own = new HashMap<>();
  private int size = Arena.FIRST;

  /** The place of a tensor. */
  int place(Want want) {
    Integer known = earlier.get(want);
    if (known != null) {
      return known;
    }
    int place = size;
    packed.add(new Packed(place, want.layout(), want.recipe()));
    size = Math.addExact(size, want.layout().size());
    own.putIfAbsent(want, place);
    return place;
  }

  /** Another plan begins, which finds all that was packed before. */
  void next() {
    earlier.putAll(own);
    own.clear();
  }

  /** Every packed tensor, in order. */
  List<Packed> packed() {
    return List.copyOf(packed);
  }
}
