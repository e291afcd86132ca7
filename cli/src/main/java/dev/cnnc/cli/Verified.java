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
 */
record Verified(
    String network,
    String input,
    int threads,
    Optional<String> engine,
    Optional<Path> model,
    Verdict verdict) {}
