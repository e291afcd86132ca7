package dev.cnnc.runtime.weights;

/**
 * A tensor of the weights array: where, in which order, made how.
 *
 * @param offset of its first float
 */
public record Packed(int offset, Layout layout, Recipe recipe) {}
