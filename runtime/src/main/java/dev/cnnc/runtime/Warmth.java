package dev.cnnc.runtime;

import java.time.Duration;

/**
 * The result of a warm-up.
 *
 * @param steady true if the last runs allocated nothing, the JIT was idle and runs had stopped
 *     getting faster; false if the time was over before
 * @param runs number of runs
 * @param first time of the first run
 * @param best time of the fastest run
 */
public record Warmth(boolean steady, int runs, Duration first, Duration best) {}
