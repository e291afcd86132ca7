package dev.cnnc.compiler.ir;

import java.util.List;
import java.util.stream.IntStream;

/** Some of the axes of a value: 0 are the channels, 1 the rows, 2 the columns. */
public record Axes(boolean channels, boolean rows, boolean columns) {

  public static Axes of(List<Integer> numbers) {
    return new Axes(numbers.contains(0), numbers.contains(1), numbers.contains(2));
  }

  public List<Integer> numbers() {
    return IntStream.range(0, 3).filter(this::contains).boxed().toList();
  }

  private boolean contains(int axis) {
    return axis == 0 ? channels : axis == 1 ? rows : columns;
  }
}
