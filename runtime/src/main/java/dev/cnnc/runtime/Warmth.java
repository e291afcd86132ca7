package dev.cnnc.runtime;

import java.time.Duration;

/**
 * What came of warming up.
 *
 * @param steady whether runs had stopped getting faster, or the time was over before
 * @param runs how many there were
 * @param first time of the first run
 * @param best time of the fastest
 */
public record Warmth(boolean steady, int runs, Duration first, Duration best) {}
