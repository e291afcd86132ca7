package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Parsed;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Turns the syntax tree of a file into a network: resolves names, numbers, arguments and shapes.
 *
 * <p>Invariant: for every tree the result is a verified network or a list of diagnostics, never an
 * exception.
 */
public final class Lowering {

  /** {@link Limits} allows ten thousand levels; each takes a few frames of a few hundred bytes. */
  private static final long STACK_BYTES = 128L << 20;

  private Lowering() {}

  /**
   * Lowers a file.
   *
   * @param folder base of relative paths; files of labels are read from there
   */
  public static Lowered lower(Ast.Network tree, Path folder) {
    return lower(new Parsed(tree, List.of(), List.of()), folder);
  }

  /**
   * Lowers the statements that could be parsed, and adds the diagnostics of the parser. After a
   * syntax error there is no network, but the other statements are checked anyway.
   *
   * @param folder base of the file's relative paths; files of labels are read from there
   */
  public static Lowered lower(Parsed parsed, Path folder) {
    return lower(parsed, new Project(folder, false));
  }

  /**
   * The same.
   *
   * @param project where the files lie that the text names
   */
  public static Lowered lower(Parsed parsed, Project project) {
    return lower(parsed, project, Sources.alone(parsed.network().span().source()));
  }

  /**
   * The same.
   *
   * @param sources the file itself, and those that it may use
   */
  public static Lowered lower(Parsed parsed, Project project, Sources sources) {
    FutureTask<Lowered> task =
        new FutureTask<>(() -> new Statements(parsed, project, sources).lower());
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
}
