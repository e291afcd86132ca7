package dev.cnnc.vision;

import java.util.List;

/** A box before suppression, in the pixels of the input. */
record Candidate(Box box, float score, int index, List<Point> landmarks) {}
