package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.dsl.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * The result of lowering a file.
 *
 * @param network present if, and only if, no diagnostic is an error
 */
public record Lowered(Optional<Network> network, List<Diagnostic> diagnostics) {

  public Lowered {
    diagnostics = List.copyOf(diagnostics);
  }
}
