package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Imports Pad of any dimensions: where they lie, as those of pictures with their channels last do,
 * or two after the other on axes of their own.
 *
 * @param pads all starts, then all ends
 */
record Pads(Call call, List<Integer> pads, Rearrangement.Mode mode, double value) {

  static View translate(Call call) throws Refusal {
    View x = call.view(0);
    Rearrangement.Mode mode =
        switch (call.text("mode", "constant")) {
          case "constant" -> Rearrangement.Mode.CONSTANT;
          case "reflect" -> Rearrangement.Mode.REFLECT;
          case "edge" -> Rearrangement.Mode.EDGE;
          case "wrap" -> Rearrangement.Mode.WRAP;
          default -> throw new Refusal("pads in an unknown mode", "use constant");
        };
    double value = call.has(2) ? call.known(2, "value").single() : call.real("value", 0);
    List<Integer> pads = pads(call, x.rank());
    if (pads.size() != 2 * x.rank()) {
      throw new Refusal(
          "has %s pads for %s dimensions".formatted(pads.size(), x.rank()),
          "a pad on both sides of each");
    }
    return new Pads(call, pads, mode, value).of(x);
  }

  private static List<Integer> pads(Call call, int rank) throws Refusal {
    List<Integer> given =
        call.has(1)
            ? call.known(1, "pads").integers()
            : call.wholes("pads")
                .orElseThrow(() -> new Refusal("has no pads", "export the model again"));
    if (!call.has(3)) {
      return given;
    }
    List<Integer> axes = ViewOperators.axes(call, 3, rank).orElse(List.of());
    if (given.size() != 2 * axes.size()) {
      return given;
    }
    List<Integer> pads = new ArrayList<>(Collections.nCopies(2 * rank, 0));
    for (int i = 0; i < axes.size(); i++) {
      pads.set(axes.get(i), given.get(i));
      pads.set(rank + axes.get(i), given.get(axes.size() + i));
    }
    return pads;
  }

  private View of(View x) throws Refusal {
    List<Integer> padded = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (before(i) != 0 || after(i) != 0) {
        padded.add(i);
      }
    }
    if (padded.isEmpty()) {
      return x;
    }
    Arrangement picture = Arrangement.picture(x.rank());
    Arrangement lying = x.arrangement().filter(it -> fits(it, x, padded)).orElse(picture);
    if (fits(lying, x, padded)) {
      return padded(x, lying, padded);
    }
    View all = x;
    for (int i = 0; i < padded.size(); i += 2) {
      List<Integer> two = padded.subList(i, Math.min(i + 2, padded.size()));
      List<Integer> others = Arrangement.others(x.rank(), two);
      List<Integer> rows = two.subList(0, two.size() - 1);
      Arrangement axes = new Arrangement(others, rows, List.of(two.getLast()));
      all = padded(all, axes, two);
    }
    return all;
  }

  private int before(int dimension) {
    return pads.get(dimension);
  }

  private int after(int dimension) {
    return pads.get(pads.size() / 2 + dimension);
  }

  private boolean isZeros() {
    return mode == Rearrangement.Mode.CONSTANT && value == 0 && Collections.min(pads) >= 0;
  }

  /** Whether each of these has an axis of its own; channels are padded with zeros only. */
  private boolean fits(Arrangement lying, View x, List<Integer> padded) {
    int found = 0;
    for (Axis axis : Axis.values()) {
      List<Integer> dimensions = lying.of(axis);
      long some = dimensions.stream().filter(padded::contains).count();
      boolean alone = dimensions.stream().allMatch(it -> padded.contains(it) || x.size(it) == 1);
      if (some > 1 || (some == 1 && (!alone || (axis == Axis.CHANNEL && !isZeros())))) {
        return false;
      }
      found += (int) some;
    }
    return found == padded.size();
  }

  private View padded(View x, Arrangement lying, List<Integer> padded) throws Refusal {
    View ready = call.layouts().arranged(x, lying, call.name());
    int[] starts = new int[Axis.values().length];
    int[] ends = new int[starts.length];
    List<Integer> sizes = new ArrayList<>(x.sizes());
    for (int dimension : padded) {
      for (Axis axis : Axis.values()) {
        if (lying.of(axis).contains(dimension)) {
          starts[axis.number()] = before(dimension);
          ends[axis.number()] = after(dimension);
        }
      }
      sizes.set(dimension, x.size(dimension) + before(dimension) + after(dimension));
    }
    Padding pixels = new Padding(starts[1], starts[2], ends[1], ends[2]);
    boolean more =
        IntStream.concat(Arrays.stream(starts), Arrays.stream(ends)).allMatch(pad -> pad >= 0);
    Op op =
        more && mode == Rearrangement.Mode.CONSTANT && value == 0
            ? new Op.Pad(starts[0], ends[0], pixels)
            : new Rearrangement.Border(pixels, mode, Call.shortest((float) value));
    return View.of(call.draft().add(call.name(), op, ready.node()), lying, sizes);
  }
}
