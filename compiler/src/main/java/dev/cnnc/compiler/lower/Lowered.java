package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.dsl.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * What came of a file.
 *
 * @param network there if, and only if, no diagnostic is an error
 */
public record Lowered(Optional<Network> network, List<Diagnostic> diagnostics) {

  public Lowered {
    diagnostics = List.copyOf(diagnostics);
  }
}
