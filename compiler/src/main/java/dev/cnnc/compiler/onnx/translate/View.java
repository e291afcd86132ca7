package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tensor of a model as a view of a value: each of its dimensions consists of parts of the value's
 * axes. Reshapes and transposes change only the view and compute nothing.
 *
 * <p>Invariant: all factors together cover every axis of the node's shape exactly once.
 *
 * @param node the node with the elements
 * @param dimensions the factors of each dimension, outer ones first
 */
record View(int node, List<List<Factor>> dimensions) {

  View {
    dimensions = dimensions.stream().map(List::copyOf).toList();
  }

  /**
   * The elements of a node in their own order, as a tensor of these sizes; empty if the number of
   * elements differs.
   */
  static Optional<View> of(int node, Shape shape, List<Integer> sizes) {
    List<Factor> whole = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      whole.add(new Factor(axis, axis.size(shape), 1));
    }
    return new View(node, List.of(whole)).reshaped(sizes);
  }

  /** A node whose axes are these dimensions of {@code sizes}; all other dimensions have size 1. */
  static View of(int node, Arrangement arrangement, List<Integer> sizes) {
    List<List<Factor>> dimensions = new ArrayList<>();
    sizes.forEach(_ -> dimensions.add(List.of()));
    for (Axis axis : Axis.values()) {
      int stride = 1;
      for (int dimension : arrangement.of(axis).reversed()) {
        int size = sizes.get(dimension);
        dimensions.set(dimension, Factor.merged(List.of(new Factor(axis, size, stride))));
        stride *= size;
      }
    }
    return new View(node, dimensions);
  }

  /** The same view of another node with the same shape. */
  View with(int other) {
    return new View(other, dimensions);
  }

  int rank() {
    return dimensions.size();
  }

  int size(int dimension) {
    return dimensions.get(dimension).stream().mapToInt(Factor::size).reduce(1, (a, b) -> a * b);
  }

  List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      sizes.add(size(i));
    }
    return List.copyOf(sizes);
  }

  View transposed(List<Integer> order) {
    return new View(node, order.stream().map(dimensions::get).toList());
  }

  /** The same elements in other dimensions; empty if that would split a factor unevenly. */
  Optional<View> reshaped(List<Integer> sizes) {
    List<Factor> left = Factor.merged(dimensions.stream().flatMap(List::stream).toList());
    List<List<Factor>> made = new ArrayList<>();
    int next = 0;
    for (int size : sizes) {
      int missing = size;
      List<Factor> factors = new ArrayList<>();
      while (missing > 1 && next < left.size()) {
        Factor factor = left.get(next);
        if (missing % factor.size() == 0) {
          factors.add(factor);
          missing /= factor.size();
          next++;
        } else if (factor.size() % missing == 0) {
          int inner = factor.size() / missing;
          factors.add(new Factor(factor.axis(), missing, factor.stride() * inner));
          left.set(next, new Factor(factor.axis(), inner, factor.stride()));
          missing = 1;
        } else {
          return Optional.empty();
        }
      }
      if (missing != 1) {
        return Optional.empty();
      }
      made.add(factors);
    }
    return next == left.size() ? Optional.of(new View(node, made)) : Optional.empty();
  }

  /**
   * The arrangement of its dimensions on the axes, if each is on a single axis and they follow each
   * other.
   */
  Optional<Arrangement> arrangement() {
    List<List<Integer>> axes = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      List<Integer> dimensionsOfAxis = new ArrayList<>();
      for (int i = 0; i < rank(); i++) {
        if (dimensions.get(i).stream().anyMatch(factor -> factor.axis() == axis)) {
          dimensionsOfAxis.add(i);
        }
      }
      dimensionsOfAxis.sort((a, b) -> Integer.compare(outermost(b), outermost(a)));
      axes.add(dimensionsOfAxis);
    }
    Arrangement arrangement = new Arrangement(axes.get(0), axes.get(1), axes.get(2));
    return of(node, arrangement, sizes()).equals(this)
        ? Optional.of(arrangement)
        : Optional.empty();
  }

  /**
   * The same with the pixels of a picture as one row; empty if a dimension mixes channels and
   * pixels.
   */
  Optional<Arrangement> row() {
    List<Integer> channels = new ArrayList<>();
    List<Integer> pixels = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      long parts =
          dimensions.get(i).stream().filter(factor -> factor.axis() == Axis.CHANNEL).count();
      if (parts > 0) {
        channels.add(i);
      } else if (!dimensions.get(i).isEmpty()) {
        pixels.add(i);
      }
      if (parts > 0 && parts < dimensions.get(i).size()) {
        return Optional.empty();
      }
    }
    return Optional.of(new Arrangement(channels, List.of(), pixels));
  }

  /** Whether the value has its elements in the order of an arrangement, over all its axes. */
  boolean isInOrder(Arrangement arrangement) {
    List<Factor> factors =
        arrangement.order(rank()).stream().flatMap(it -> dimensions.get(it).stream()).toList();
    for (int i = 1; i < factors.size(); i++) {
      if (!factors.get(i - 1).isOutside(factors.get(i))) {
        return false;
      }
    }
    return true;
  }

  private int outermost(int dimension) {
    return dimensions.get(dimension).getFirst().stride();
  }

  /** Whether a dimension is exactly one axis. */
  boolean isWhole(int dimension, Axis axis, Shape shape) {
    List<Factor> factors = dimensions.get(dimension);
    return axis.size(shape) == 1
        ? factors.isEmpty() && size(dimension) == 1
        : factors.equals(List.of(new Factor(axis, axis.size(shape), 1)));
  }
}
