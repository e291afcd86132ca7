package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Shape;
import java.util.List;

/**
 * The result of a run.
 *
 * @param outputs one at least, in the order of the file
 * @param milliseconds time of the run alone
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
  @SuppressWarnings("ArrayRecordComponent") // Identity is enough: nobody compares megabytes.
  record Output(String name, Shape shape, float[] data) {}
}
