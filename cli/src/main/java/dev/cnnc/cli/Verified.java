package dev.cnnc.cli;

import dev.cnnc.compiler.verify.Verdict;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The result of a verification.
 *
 * @param input description of the input, sufficient to repeat the run
 * @param engine the other engine
 * @param model the model of that engine, if it is not our export
 * @param unoptimised the same without the optimisations of that engine, asked for only if it alone
 *     differed
 */
record Verified(
    String network,
    String input,
    int threads,
    Optional<String> engine,
    Optional<Path> model,
    Verdict verdict,
    Optional<Verdict> unoptimised) {

  /**
   * Whether all agree, where the other engine may leave out its optimisations: if it agrees then,
   * they are at fault.
   */
  boolean agrees() {
    return unoptimised.orElse(verdict).agrees();
  }
}
