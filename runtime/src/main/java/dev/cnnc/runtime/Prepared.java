package dev.cnnc.runtime;

/**
 * A picture that became an input.
 *
 * @param values in the order channels, rows, columns
 * @param placement where the picture lies in the input
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is enough: inputs are large.
public record Prepared(float[] values, Placement placement) {}
