package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.dsl.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of lowering a file.
 *
 * @param network present if, and only if, no diagnostic is an error
 * @param library present if the file has blocks alone, and nothing else is wrong with it
 * @param used the files that it uses, and those that these use; missing ones too, but none that
 *     must not be read
 */
public record Lowered(
    Optional<Network> network,
    Optional<Library> library,
    List<Path> used,
    List<Diagnostic> diagnostics) {

  public Lowered {
    used = List.copyOf(used);
    diagnostics = List.copyOf(diagnostics);
  }
}
