package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.kernel.GroupedStrips;
import java.util.stream.IntStream;

/**
 * What becomes of a strip's sums in the method that makes them: all that the layer does to them, or
 * nothing, if a loop of its own does it to a row of them.
 *
 * @param finished whether a layer's results are stored, not sums
 * @param epilogue what is done; nothing if not finished
 */
record StripEnd(boolean finished, Epilogue epilogue) {

  /** Sums are finished where they are if that is short, and no residual is read. */
  static StripEnd of(GroupedStrips kernel) {
    Epilogue epilogue = kernel.epilogue();
    boolean finished = kernel.finishesInRegisters();
    return new StripEnd(finished, finished ? epilogue : Epilogue.NONE);
  }

  /** A name of methods that end so. */
  String name(String name) {
    return finished ? name + TileFinish.suffix(epilogue) : name;
  }

  /** What is done, in words. */
  String says() {
    return FinishedTiles.says(epilogue);
  }

  /**
   * Stores {@code y0} and on, {@code next} floats from each other from {@code z} on, one vector's
   * pixels after another's, which lie beside them.
   */
  String stores(int pixels, int vectors, int lanes) {
    return InlineFormula.stores(
        epilogue.activation(),
        IntStream.range(0, pixels * vectors)
            .mapToObj(
                y ->
                    "z + %s * next".formatted(y % pixels)
                        + (y < pixels ? "" : " + " + y / pixels * lanes))
            .toList());
  }
}
