package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Shape;
import java.util.List;

/**
 * What a run gave.
 *
 * @param outputs one at least, in the order of the file
 * @param milliseconds of the run alone
 */
record Answer(List<Output> outputs, double milliseconds) {
  Answer {
    outputs = List.copyOf(outputs);
  }

  /**
   * One output.
   *
   * @param data in the order channels, rows, columns
   */
  @SuppressWarnings("ArrayRecordComponent") // May be megabytes, and nobody compares it.
  record Output(String name, Shape shape, float[] data) {}
}
