package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Epilogue;
import java.util.Collection;
import java.util.List;

/**
 * How the convs that share some tiles come to an end.
 *
 * @param inRegisters epilogues that {@link FinishedTiles} do, each once
 * @param inMemory whether some convs store their sums first, for {@link TileFinish}
 * @param others all epilogues that {@link TileFinish} does in this network
 */
record Finishing(Collection<Epilogue> inRegisters, boolean inMemory, Collection<Epilogue> others) {
  Finishing {
    inRegisters = List.copyOf(inRegisters);
    others = List.copyOf(others);
  }
}
