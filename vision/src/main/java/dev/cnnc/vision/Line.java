package dev.cnnc.vision;

/**
 * A line that was read.
 *
 * @param text may be empty
 * @param confidence mean of the probabilities of its characters; 0 for an empty text
 */
public record Line(String text, double confidence) {}
