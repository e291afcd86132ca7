package dev.cnnc.compiler;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.runtime.weights.TensorSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What became of one file.
 *
 * @param diagnostics all findings, by place
 * @param inputs every other file it depends on: weights, labels, used files; missing ones too
 * @param result there if, and only if, no diagnostic is an error
 */
public record Compilation(
    List<Diagnostic> diagnostics, List<Path> inputs, Optional<Result> result) {

  /**
   * Every stage of a good file.
   *
   * @param sizes as the file says it, before any pass, for each size of its input
   * @param passes what each pass made of the first size
   * @param source where the stored tensors are read from
   */
  public record Result(
      List<Network> sizes, List<Passes.Step> passes, Backend backend, TensorSource source) {
    public Result {
      sizes = List.copyOf(sizes);
      passes = List.copyOf(passes);
    }

    /** The network at the first size of its input. */
    public Network written() {
      return sizes.getFirst();
    }
  }

  public Compilation {
    diagnostics = List.copyOf(diagnostics);
    inputs = List.copyOf(inputs);
  }
}
