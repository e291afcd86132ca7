package dev.cnnc.cli;

import dev.cnnc.compiler.verify.Verdict;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a network was verified, and what came of it.
 *
 * @param input what all of them looked at; enough to do it again
 * @param engine that ran beside ours
 * @param model whose outputs that engine gave, where it is not our export
 */
record Verified(
    String network,
    String input,
    int threads,
    Optional<String> engine,
    Optional<Path> model,
    Verdict verdict) {}
