package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.dsl.Ast;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The syntax tree of a file becomes a network: names, numbers, arguments and shapes are settled.
 *
 * <p>Invariant: whatever the tree says, the answer is a verified network or a list of diagnostics,
 * never an exception.
 */
public final class Lowering {

  /** {@link Limits} allows ten thousand levels; each takes a few frames of a few hundred bytes. */
  private static final long STACK_BYTES = 128L << 20;

  private Lowering() {}

  /**
   * Lowers a file.
   *
   * @param folder where its relative paths begin; files of labels are read from there
   */
  public static Lowered lower(Ast.Network tree, Path folder) {
    FutureTask<Lowered> task = new FutureTask<>(() -> new Statements(tree, folder).lower());
    Thread thread = new Thread(null, task, "cnnc-lowering", STACK_BYTES);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (ExecutionException failure) {
          throw new IllegalStateException("lowering failed", failure.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The network alone, for trees that are known to be good. */
  public static Network network(Ast.Network tree, Path folder) {
    Lowered lowered = lower(tree, folder);
    return lowered
        .network()
        .orElseThrow(() -> new IllegalArgumentException(lowered.diagnostics().toString()));
  }
}
