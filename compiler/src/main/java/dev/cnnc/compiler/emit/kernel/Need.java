package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.runtime.weights.Tile;
import java.util.function.ToIntFunction;

/** What a kernel uses of what kernels share. */
sealed interface Need {

  /** Tiles that cover so many outputs of a step. */
  record Tiles(TileSet set, ToIntFunction<Step> outputs) implements Need {}

  /** An epilogue on accumulators that stay in registers. */
  record InRegisters(Sharing sharing, Epilogue epilogue) implements Need {}

  /** An epilogue on accumulators that were stored first. */
  record InMemory(Sharing sharing, Epilogue epilogue) implements Need {}

  /** Exchanges of lanes within groups of so many channels. */
  record Exchanges(int group) implements Need {}

  /** The shuffle that keeps every second lane. */
  record EverySecond() implements Need {}

  /** Convs whose tiles are the same methods. */
  enum Sharing {
    /** Convs and grouped convs that read runs of channels. */
    RUNS,
    /** Convs whose reads are listed. */
    LISTED,
    /** Fcs. */
    FC,
    /** No other kernel. */
    NONE
  }

  /** An epilogue where the plan wants it. */
  static Need epilogue(Sharing sharing, Epilogue epilogue, boolean inRegisters) {
    return inRegisters ? new InRegisters(sharing, epilogue) : new InMemory(sharing, epilogue);
  }

  /** Tiles for all outputs of a step. */
  static Need tiles(TileSet set) {
    return new Tiles(set, step -> Tile.padded(step.write().channels()));
  }
}
