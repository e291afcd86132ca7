package dev.cnnc.compiler.onnx.translate;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of an axis: an index along the axis is the sum of the indices of its parts times their
 * strides.
 *
 * @param stride along the axis
 */
record Factor(Axis axis, int size, int stride) {

  /** Whether {@code next} counts within one step of this one. */
  private boolean holds(Factor next) {
    return axis == next.axis && stride == next.size * next.stride;
  }

  /** Whether this one is outside of {@code next} in the order of the value's elements. */
  boolean isOutside(Factor next) {
    int order = axis.compareTo(next.axis);
    return order < 0 || (order == 0 && stride > next.stride);
  }

  /**
   * The same factors without those of size 1, and with adjacent factors joined if they are
   * contiguous.
   */
  static List<Factor> merged(List<Factor> factors) {
    List<Factor> merged = new ArrayList<>();
    for (Factor factor : factors) {
      if (factor.size == 1) {
        continue;
      }
      if (!merged.isEmpty() && merged.getLast().holds(factor)) {
        Factor outer = merged.removeLast();
        merged.add(new Factor(outer.axis, outer.size * factor.size, factor.stride));
      } else {
        merged.add(factor);
      }
    }
    return merged;
  }
}
