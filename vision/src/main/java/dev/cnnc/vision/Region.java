package dev.cnnc.vision;

/**
 * Where a line of text stands in a picture.
 *
 * @param corners of a rectangle, which may be turned and may reach beyond the picture
 * @param score from 0 to 1
 */
public record Region(Quadrilateral corners, float score) {}
