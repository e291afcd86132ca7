package dev.cnnc.vision;

import java.util.List;

/** A box before suppression, in the pixels of the input; what a {@link Head} gives. */
public record Candidate(Box box, float score, int index, List<Point> landmarks) {}
