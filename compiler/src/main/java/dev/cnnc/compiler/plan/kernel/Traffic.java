package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.View;
import java.util.List;

/**
 * What a step does to the activations, without its scratch: each float counts once. Zeros around
 * pictures count, and so do the channels that fill a vector where a kernel touches them.
 *
 * @param read floats that the step reads before it has written them
 * @param written floats that it writes
 */
public record Traffic(long read, long written) {

  static Traffic of(Footprint read, Footprint written) {
    return new Traffic(read.size(), written.size());
  }

  /** Every element of all values. */
  static Traffic all(List<View> reads, View write) {
    Footprint read = new Footprint();
    reads.forEach(read::all);
    return of(read, new Footprint().all(write));
  }

  /** The pixels under the windows of a conv, and its residual, if it adds one. */
  static Traffic conv(
      List<View> reads, View write, Window window, int channels, Epilogue epilogue) {
    View picture = reads.getFirst();
    Footprint read =
        new Footprint().windows(picture, window, write.height(), write.width(), channels);
    return conv(read, reads, write, epilogue);
  }

  /** The residual, if there is one, and whole vectors of outputs. */
  static Traffic conv(Footprint read, List<View> reads, View write, Epilogue epilogue) {
    return of(
        epilogue.residual() ? read.padded(reads.get(1)) : read, new Footprint().padded(write));
  }
}
